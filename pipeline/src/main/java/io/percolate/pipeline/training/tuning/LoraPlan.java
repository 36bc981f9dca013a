package io.percolate.pipeline.training.tuning;

import io.percolate.files.JsonConfig;
import io.percolate.nn.adapters.LowRankConfig;
import io.percolate.pipeline.training.recipe.RecipeSection;
import io.percolate.weights.lora.LoraFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Low-rank updates (Hu et al. 2021): the section {@code lora} of a recipe.
 *
 * @param size of every update
 * @param targets which layers of the U-Net have one
 * @param text whether the attention of the text encoders has updates, too
 * @param textRatio their learning rate as a multiple of that of the U-Net
 * @param format how the file names its tensors
 */
public record LoraPlan(LowRankConfig size, List<LoraTargets> targets, boolean text, double textRatio, LoraFormat format)
        implements AdaptationPlan {

    /** What a recipe has that does not say otherwise. */
    public static final LoraPlan DEFAULT = new LoraPlan(
            new LowRankConfig(16, 16, 0), List.of(LoraTargets.ATTENTION), false, 0.5, LoraFormat.DIFFUSERS);

    public LoraPlan {
        targets = List.copyOf(targets);
        if (targets.isEmpty() && !text) {
            throw new IllegalArgumentException("targets is empty and text_encoder false: nothing would be trained");
        }
        RecipeSection.require(textRatio > 0 && Double.isFinite(textRatio), "text_encoder_ratio", textRatio);
    }

    @Override
    public String section() {
        return "lora";
    }

    @Override
    public String file() {
        return format.file();
    }

    @Override
    public LoraPlan read(JsonConfig section) {
        int rank = section.integer("rank", size.rank());
        double alpha = section.isNull("alpha") ? rank : section.number("alpha");
        return new LoraPlan(
                new LowRankConfig(rank, alpha, section.number("dropout", size.dropout())),
                section.strings("targets").stream()
                        .map(name -> RecipeSection.constant("targets", name, LoraTargets.class))
                        .toList(),
                section.flag("text_encoder", text),
                section.number("text_encoder_ratio", textRatio),
                RecipeSection.choice(section, "format", LoraFormat.class, format));
    }

    @Override
    public Map<String, Object> values() {
        Map<String, Object> values = new TreeMap<>();
        values.put("rank", size.rank());
        values.put("alpha", size.alpha() == size.rank() ? null : size.alpha());
        values.put("dropout", size.dropout());
        values.put("targets", targets.stream().map(RecipeSection::name).toList());
        values.put("text_encoder", text);
        values.put("text_encoder_ratio", textRatio);
        values.put("format", RecipeSection.name(format));
        return values;
    }

    /** The same of another rank, which is also its alpha. */
    public LoraPlan withRank(int rank) {
        return new LoraPlan(new LowRankConfig(rank, rank, size.dropout()), targets, text, textRatio, format);
    }

    /** The same with another alpha. */
    public LoraPlan withAlpha(double alpha) {
        return new LoraPlan(new LowRankConfig(size.rank(), alpha, size.dropout()), targets, text, textRatio, format);
    }

    /** The same with updates of the text encoders. */
    public LoraPlan withText() {
        return new LoraPlan(size, targets, true, textRatio, format);
    }

    /** The same with updates of other layers of the U-Net. */
    public LoraPlan withTargets(List<LoraTargets> others) {
        return new LoraPlan(size, others, text, textRatio, format);
    }

    /** The same in another kind of file. */
    public LoraPlan withFormat(LoraFormat other) {
        return new LoraPlan(size, targets, text, textRatio, other);
    }

    @Override
    public boolean trainsText() {
        return text;
    }

    @Override
    public Adaptation begin(BaseModel base, BaseSource source, TuningFacts facts) {
        return new LoraAdaptation(this, base, facts);
    }
}
