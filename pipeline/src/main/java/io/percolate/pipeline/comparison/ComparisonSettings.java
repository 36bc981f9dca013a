package io.percolate.pipeline.comparison;

import io.percolate.pipeline.comparison.arms.ArmRecipe;
import io.percolate.pipeline.evaluation.SampleBudget;
import io.percolate.pipeline.evaluation.features.FeatureChoice;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is compared.
 *
 * @param data a folder of images
 * @param out where everything goes
 * @param arms two or more, with images of one size; the first is what others are compared with
 * @param plan how much each is trained
 * @param samples images generated with each model, and held out to compare them with
 * @param features of which distances are measured, too
 */
public record ComparisonSettings(
        Path data,
        Path out,
        List<ArmRecipe> arms,
        ComparisonPlan plan,
        SampleBudget samples,
        Optional<FeatureChoice> features) {

    public ComparisonSettings {
        arms = List.copyOf(arms);
        if (arms.size() < 2) {
            throw new IllegalArgumentException(arms.size() + " arms: give at least two to compare");
        }
        requireNames(arms);
        requireComparable(arms);
    }

    /** Side of the images in pixels. */
    int resolution() {
        return arms.get(0).model().resolution();
    }

    /** What must be the same when a comparison goes on, by the options' names. */
    Map<String, String> identity() {
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("data", data.toAbsolutePath().normalize().toString());
        identity.put("resolution", String.valueOf(resolution()));
        identity.put("budget", plan.budget().toString());
        identity.put("clock", plan.clock().name().toLowerCase(Locale.ROOT));
        identity.put("equal", String.valueOf(plan.equal()));
        identity.put("seeds", String.valueOf(plan.seeds()));
        arms.forEach(arm -> identity.put("arm " + arm.name(), arm.model().identity()));
        identity.put(
                "arms", String.join(", ", arms.stream().map(ArmRecipe::name).toList()));
        identity.put("images", String.valueOf(samples.images()));
        identity.put("sampling-steps", String.valueOf(samples.steps()));
        identity.put("features", features.map(FeatureChoice::identity).orElse("none"));
        return identity;
    }

    private static void requireNames(List<ArmRecipe> arms) {
        Set<String> names = new HashSet<>();
        for (ArmRecipe arm : arms) {
            if (!names.add(arm.name())) {
                throw new IllegalArgumentException(
                        "two arms are called " + arm.name() + ": give each a name of its own");
            }
        }
    }

    private static void requireComparable(List<ArmRecipe> arms) {
        for (ArmRecipe first : arms) {
            arms.forEach(arm -> arm.requireComparable(first));
        }
    }
}
