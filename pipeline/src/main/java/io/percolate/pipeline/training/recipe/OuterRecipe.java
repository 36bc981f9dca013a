package io.percolate.pipeline.training.recipe;

import io.percolate.files.JsonConfig;
import io.percolate.nn.optim.OuterConfig;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The section {@code outer} of a recipe: {@link OuterConfig} as JSON; without the section there are no outer steps. */
final class OuterRecipe {

    private static final String SECTION = "outer";
    private static final Set<String> KEYS = values(OuterConfig.DEFAULT).keySet();

    private OuterRecipe() {}

    static Optional<OuterConfig> from(JsonConfig recipe) {
        return recipe.isNull(SECTION)
                ? Optional.empty()
                : Optional.of(RecipeSection.of(recipe, SECTION).read(OuterRecipe::read, KEYS));
    }

    private static OuterConfig read(JsonConfig section) {
        OuterConfig usual = OuterConfig.DEFAULT;
        return new OuterConfig(
                section.integer("steps", usual.steps()),
                section.number("learning_rate", usual.learningRate()),
                section.number("momentum", usual.momentum()));
    }

    static void addTo(Map<String, Object> recipe, Optional<OuterConfig> outer) {
        recipe.put(SECTION, outer.map(OuterRecipe::values).orElse(null));
    }

    private static Map<String, Object> values(OuterConfig outer) {
        return new TreeMap<>(
                Map.of("steps", outer.steps(), "learning_rate", outer.learningRate(), "momentum", outer.momentum()));
    }
}
