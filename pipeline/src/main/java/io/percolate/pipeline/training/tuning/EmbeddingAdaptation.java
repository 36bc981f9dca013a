package io.percolate.pipeline.training.tuning;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.adapters.LearnedVectors;
import io.percolate.nn.layers.Parameter;
import io.percolate.weights.inversion.InversionWeights;
import io.percolate.weights.layout.ModelPart;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The vectors of a new token in training; everything else of the text encoders is frozen. */
final class EmbeddingAdaptation implements Adaptation {

    private final EmbeddingPlan plan;
    private final Map<ModelPart, LearnedVectors> vectors = new EnumMap<>(ModelPart.class);

    /** @param base with the token's first vectors at the end of each table */
    EmbeddingAdaptation(EmbeddingPlan plan, BaseModel base) {
        this.plan = plan;
        base.encoders().forEach((part, encoder) -> {
            LearnedVectors own = new LearnedVectors(encoder.words(), plan.vectors());
            own.makeTrainable();
            vectors.put(part, own);
        });
    }

    @Override
    public Map<String, Parameter> parameters() {
        Map<String, Parameter> all = new LinkedHashMap<>();
        vectors.forEach((part, own) ->
                own.parameters().forEach((name, parameter) -> all.put(part.folder() + "." + name, parameter)));
        return all;
    }

    @Override
    public boolean changesText() {
        return true;
    }

    @Override
    public void save(Path folder, long steps) {
        Map<ModelPart, NDArray> values = new EnumMap<>(ModelPart.class);
        vectors.forEach((part, own) -> values.put(part, own.values()));
        new InversionWeights(values).write(folder.resolve(plan.file()), plan.token());
    }

    @Override
    public void close() {
        vectors.values().forEach(LearnedVectors::close);
    }
}
