package io.percolate.tests.reference;

import static io.percolate.testing.Reference.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.ndarray.NDArray;
import io.percolate.cli.Percolate;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.samplers.published.SchedulerJson;
import io.percolate.diffusion.steps.SigmaSpacing;
import io.percolate.tests.reference.Suite.Tensors;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The command reaches diffusers' numbers from the model folder as it is: its options say all there is to say. */
class CommandReferenceTest {

    private static final double TOLERANCE = 1e-3;

    @TempDir
    Path scratch;

    @TestFactory
    Stream<DynamicTest> commandDrawsTheImagesOfDiffusers() {
        return PipelineCase.all().stream()
                .filter(pipelineCase -> new HashSet<>(pipelineCase.negativePrompts()).size() <= 1)
                .map(pipelineCase -> dynamicTest(pipelineCase.name(), () -> generates(pipelineCase)));
    }

    private void generates(PipelineCase pipelineCase) {
        SamplerConfig sampler =
                Suite.orNotCovered(pipelineCase.name(), () -> SchedulerJson.read(pipelineCase.scheduler()));
        Path start = scratch.resolve("start.safetensors");
        Path end = scratch.resolve("end.safetensors");
        List<String> command = new ArrayList<>(List.of("generate"));
        command.addAll(pipelineCase.prompts());
        pipelineCase.negativePrompts().stream().limit(1).forEach(text -> command.addAll(List.of("--negative", text)));
        command.addAll(options(pipelineCase, sampler));
        Suite.with(pipelineCase.tensors(), expected -> {
            command.addAll(startOptions(pipelineCase, expected, start));
            command.addAll(List.of("--save-tensors", end.toString(), "--out", scratch.toString()));
            assertThat(Percolate.run(command.toArray(String[]::new)))
                    .as(String.join(" ", command))
                    .isZero();
            Suite.with(end, actual -> {
                assertClose("latents", actual.get("final_latents"), expected.get("final_latents"), TOLERANCE);
                assertClose("image", actual.get("image"), expected.get("image"), TOLERANCE);
            });
        });
    }

    private static List<String> options(PipelineCase pipelineCase, SamplerConfig sampler) {
        List<String> options = new ArrayList<>(List.of(
                "--model", pipelineCase.model().toString(),
                "--sampler", sampler.kind().toString(),
                "--steps", Integer.toString(pipelineCase.request().integer("steps")),
                "--guidance", Double.toString(pipelineCase.request().number("guidance_scale"))));
        options.addAll(
                List.of("--spacing", sampler.timestepSchedule().spacing().name().toLowerCase(Locale.ROOT)));
        if (sampler.timestepSchedule().sigmas() == SigmaSpacing.KARRAS) {
            options.add("--karras");
        }
        return options;
    }

    /** Writes the case's noise, and image if it has one, under the names that the command knows. */
    private static List<String> startOptions(PipelineCase pipelineCase, Tensors expected, Path file) {
        Map<String, NDArray> tensors = new HashMap<>();
        List<String> options = new ArrayList<>(List.of("--latents", file.toString()));
        tensors.put("latents", expected.get(pipelineCase.isImageToImage() ? "noise" : "latents"));
        if (pipelineCase.isImageToImage()) {
            tensors.put("posterior_noise", expected.get("posterior_noise"));
            tensors.put("image", expected.get("source"));
            String strength = Double.toString(pipelineCase.request().number("strength"));
            options.addAll(List.of("--init-image", file.toString(), "--strength", strength));
        }
        SafeTensors.write(file, tensors, Map.of(), ElementType.F32);
        return options;
    }
}
