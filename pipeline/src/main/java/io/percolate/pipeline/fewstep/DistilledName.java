package io.percolate.pipeline.fewstep;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The name of a file or folder, in which few-step models say what they are. */
final class DistilledName {

    private static final Pattern CAMEL_CASE = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern STEPS = Pattern.compile("(?<!\\d)(\\d{1,6})[-_ ]?steps?(?![a-z])");

    /** More are no few steps, but how long something was trained. */
    private static final int MOST_STEPS = 16;

    private final String source;
    private final String words;
    private final OptionalInt steps;

    DistilledName(String name) {
        source = name;
        words = CAMEL_CASE.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
        steps = STEPS.matcher(words)
                .results()
                .mapToInt(count -> Integer.parseInt(count.group(1)))
                .filter(count -> count >= 1 && count <= MOST_STEPS)
                .findFirst();
    }

    FewSteps meaning() {
        if (steps.isPresent() && has("hyper")) {
            return hyper(steps.getAsInt());
        }
        if (steps.isPresent() && has("lightning")) {
            return Published.lightning(source, steps.getAsInt());
        }
        if (has("sd[-_]?(xl)?[-_]?turbo")) {
            return Published.turbo(source, has("sd[-_]?xl[-_]?turbo"));
        }
        if (has("lcm")) {
            return Published.consistency(source);
        }
        return has("tcd") ? Published.trajectoryConsistency(source) : unclear();
    }

    /** The U-Net of one step begins in the middle, at timestep 800, which no sampler here does. */
    private FewSteps hyper(int count) {
        if (count == 1 && has("unet")) {
            return new FewSteps.Unclear(source, "Hyper-SD, one step from timestep 800, which no sampler here takes");
        }
        return has("cfg") ? Published.guidedHyper(source, count) : Published.hyper(source, count);
    }

    private FewSteps unclear() {
        Optional<String> word = Stream.of("turbo", "lightning", "hyper[-_]?sd(xl)?")
                .filter(this::has)
                .findFirst();
        return word.<FewSteps>map(any -> new FewSteps.Unclear(source, any.replaceAll("\\[.*", "")))
                .orElse(FewSteps.NONE);
    }

    private boolean has(String word) {
        return Pattern.compile("(?<![a-z])" + word + "(?![a-z])").matcher(words).find();
    }
}
