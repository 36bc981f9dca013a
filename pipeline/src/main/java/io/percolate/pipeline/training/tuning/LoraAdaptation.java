package io.percolate.pipeline.training.tuning;

import io.percolate.nn.adapters.LowRankUpdates;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.Parameter;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.lora.LoraWeights;
import io.percolate.weights.lora.LoraWeights.Factors;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Low-rank updates of a base model in training. */
final class LoraAdaptation implements Adaptation {

    /** The layers of text encoders that have updates. */
    static final List<String> TEXT_TARGETS = List.of("q_proj", "k_proj", "v_proj", "out_proj");

    private final LoraPlan plan;
    private final BaseModel base;
    private final TuningFacts facts;
    private final Map<ModelPart, LowRankUpdates> updates = new EnumMap<>(ModelPart.class);

    LoraAdaptation(LoraPlan plan, BaseModel base, TuningFacts facts) {
        this.plan = plan;
        this.base = base;
        this.facts = facts;
        if (!plan.targets().isEmpty()) {
            add(ModelPart.UNET, base.unet(), layer -> plan.targets().stream().anyMatch(target -> target.has(layer)));
        }
        if (plan.text()) {
            base.requireText();
            base.encoders().forEach((part, encoder) -> add(part, encoder, LoraAdaptation::isTextTarget));
        }
    }

    private static boolean isTextTarget(String layer) {
        return TEXT_TARGETS.stream().anyMatch(name -> layer.endsWith("." + name));
    }

    private void add(ModelPart part, Layer network, Predicate<String> layers) {
        LowRankUpdates own = new LowRankUpdates(network, layers, plan.size());
        own.initialise(base.manager(), facts.seed() + part.ordinal());
        own.makeTrainable();
        updates.put(part, own);
    }

    @Override
    public Map<String, Parameter> parameters() {
        return base.used(updates);
    }

    @Override
    public double ratio(String parameter) {
        return Adaptation.ratio(parameter, plan.textRatio());
    }

    @Override
    public boolean changesText() {
        return plan.text();
    }

    /** Writes the file that the recipe's format has in a folder. */
    @Override
    public void save(Path folder, long steps) {
        Map<ModelPart, Map<String, Factors>> factors = new EnumMap<>(ModelPart.class);
        updates.forEach((part, own) -> factors.put(part, factors(own)));
        new LoraWeights(factors, plan.size().alpha())
                .write(
                        folder.resolve(plan.file()),
                        plan.format(),
                        new LoraMetadata(plan, facts, updates.keySet(), steps).of(base),
                        base.manager());
    }

    private static Map<String, Factors> factors(LowRankUpdates own) {
        Map<String, Parameter> up = own.up();
        Map<String, Factors> factors = new LinkedHashMap<>();
        own.down()
                .forEach((layer, down) -> factors.put(
                        layer, new Factors(down.value(), up.get(layer).value())));
        return factors;
    }

    @Override
    public void close() {
        updates.values().forEach(LowRankUpdates::close);
    }
}
