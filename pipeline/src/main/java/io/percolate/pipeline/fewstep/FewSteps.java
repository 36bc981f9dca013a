package io.percolate.pipeline.fewstep;

import io.percolate.diffusion.samplers.published.SamplerConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What the files of a model tell about sampling it in a few steps: nothing, how, or only that it is meant to be. */
public sealed interface FewSteps permits Distilled, FewSteps.Unknown, FewSteps.Unclear {

    /** A model that says nothing of few steps. */
    FewSteps NONE = new Unknown();

    /**
     * What the config and the name of a model tell: first what only few-step models have in their configs, last what
     * others might have, too.
     *
     * @param model a folder or single file
     * @param guidanceEmbedding whether its denoiser is told the guidance scale
     */
    static FewSteps of(Path model, SamplerConfig config, boolean guidanceEmbedding) {
        SchedulerEvidence evidence = new SchedulerEvidence(PublishedName.of(model), config);
        return strongest(Stream.of(evidence.proof(guidanceEmbedding), named(model), evidence.hint()));
    }

    /** What the name of a model or U-Net tells, as they are published. */
    static FewSteps named(Path path) {
        return new DistilledName(PublishedName.of(path)).meaning();
    }

    /** What the title in a LoRA's file tells, or else its name. */
    static FewSteps ofLora(Path file) {
        return strongest(PublishedName.ofLora(file).map(DistilledName::new).map(DistilledName::meaning));
    }

    /** The first of {@code all} that says how, or else the first that says anything. */
    static FewSteps strongest(Stream<FewSteps> all) {
        List<FewSteps> found = all.filter(few -> !few.equals(NONE)).toList();
        return found.stream()
                .filter(FewSteps::isKnown)
                .findFirst()
                .or(() -> found.stream().findFirst())
                .orElse(NONE);
    }

    /** Whether it is known how many steps there are, and with what sampler and guidance scale. */
    default boolean isKnown() {
        return false;
    }

    /** The sampler of a model whose own is {@code own}. */
    default SamplerConfig sampler(SamplerConfig own) {
        return own;
    }

    /** Inference steps of a model that would take {@code own}. */
    default int steps(int own) {
        return own;
    }

    /** Guidance scale of a model that would have {@code own}. */
    default double guidanceScale(double own) {
        return own;
    }

    /** Side of the images in pixels of a model that would make them as large as {@code own}. */
    default int side(int own) {
        return own;
    }

    /** What of a request does not go with the model, and what does: a sentence each. */
    default List<String> warnings(Asked asked) {
        return List.of();
    }

    /**
     * What a request asks for.
     *
     * @param steps empty for the model's own number
     * @param guidanceScale empty for the model's own
     * @param sampler the one that it gets
     */
    record Asked(OptionalInt steps, OptionalDouble guidanceScale, SamplerConfig sampler) {}

    /** Nothing is told. */
    record Unknown() implements FewSteps {}

    /**
     * A name that says few-step, but not how many.
     *
     * @param source the file or folder
     * @param word what its name says
     */
    record Unclear(String source, String word) implements FewSteps {

        /** Whoever asks for steps and guidance knows. */
        @Override
        public List<String> warnings(Asked asked) {
            boolean known = asked.steps().isPresent() && asked.guidanceScale().isPresent();
            return known
                    ? List.of()
                    : List.of(source + " is a few-step model by its name (" + word
                            + "), which does not tell how it is sampled: give the steps, the guidance scale and the"
                            + " sampler that its page names, such as --steps 6 --guidance 1.5 --sampler dpmpp_2m_sde");
        }
    }
}
