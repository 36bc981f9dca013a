package io.percolate.pipeline.training.tuning;

import io.percolate.files.JsonConfig;
import io.percolate.pipeline.training.consistency.ConsistencyObjective.GuidanceRange;
import io.percolate.pipeline.training.recipe.LossRecipe;
import io.percolate.pipeline.training.recipe.RecipeSection;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A latent consistency model, distilled from a model that takes many steps (Luo et al. 2023): the section {@code
 * consistency} of a recipe.
 *
 * @param guidance the scales that it learns; empty for those from 1 to twice the model's own
 * @param solverSteps steps of the solver that it imitates
 * @param huberWidth differences well below it count by their squares, those well above by their size
 */
public record ConsistencyPlan(Optional<GuidanceRange> guidance, int solverSteps, double huberWidth)
        implements AdaptationPlan {

    /**
     * What a recipe has that does not say otherwise: fewer steps than the 50 of published models, and a wider distance than
     * their 0.001, with which a training of hundreds of steps in place of thousands arrives nowhere.
     */
    public static final ConsistencyPlan DEFAULT = new ConsistencyPlan(Optional.empty(), 10, 0.03);

    private static final String LOWEST = "guidance_lowest";
    private static final String HIGHEST = "guidance_highest";

    public ConsistencyPlan {
        RecipeSection.require(solverSteps > 0, "solver_steps", solverSteps);
        RecipeSection.require(huberWidth > 0 && Double.isFinite(huberWidth), "huber_width", huberWidth);
    }

    @Override
    public String section() {
        return "consistency";
    }

    @Override
    public Map<String, Object> values() {
        Map<String, Object> values = new TreeMap<>();
        values.put(LOWEST, guidance.map(GuidanceRange::lowest).orElse(null));
        values.put(HIGHEST, guidance.map(GuidanceRange::highest).orElse(null));
        values.put("solver_steps", solverSteps);
        values.put("huber_width", huberWidth);
        return values;
    }

    @Override
    public ConsistencyPlan read(JsonConfig section) {
        return new ConsistencyPlan(
                range(section),
                section.integer("solver_steps", solverSteps),
                section.number("huber_width", huberWidth));
    }

    private static Optional<GuidanceRange> range(JsonConfig section) {
        boolean open = section.isNull(LOWEST) && section.isNull(HIGHEST);
        return open
                ? Optional.empty()
                : Optional.of(new GuidanceRange(section.number(LOWEST, 1), section.number(HIGHEST)));
    }

    /** The same with other guidance scales. */
    public ConsistencyPlan withGuidance(GuidanceRange range) {
        return new ConsistencyPlan(Optional.of(range), solverSteps, huberWidth);
    }

    @Override
    public void check(TrainingPlan plan, LossRecipe loss) {
        if (!loss.equals(LossRecipe.DEFAULT)) {
            throw new IllegalArgumentException(
                    "the section loss is about a denoiser's errors, and a distillation has" + " none: leave it out");
        }
    }

    @Override
    public boolean trainsText() {
        return false;
    }

    @Override
    public Adaptation begin(BaseModel base, BaseSource source, TuningFacts facts) {
        return new ConsistencyAdaptation(this, base, source, facts);
    }
}
