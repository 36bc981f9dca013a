package io.percolate.tests.reference;

import static io.percolate.testing.Reference.assertClose;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.samplers.published.SchedulerJson;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GenerationTask;
import io.percolate.pipeline.generation.ImageToImage;
import io.percolate.pipeline.generation.TextToImage;
import io.percolate.tests.TestFolders;
import io.percolate.tests.reference.Suite.Tensors;
import io.percolate.vae.AutoencoderKl;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** From a prompt and noise, or an image, to an image, through the door that users take. */
class PipelineReferenceTest {

    private static final double TOLERANCE = 1e-3;

    @TempDir
    Path scratch;

    @TestFactory
    Stream<DynamicTest> imagesAreThoseOfDiffusers() {
        return PipelineCase.all().stream()
                .map(pipelineCase -> dynamicTest(pipelineCase.name(), () -> generates(pipelineCase)));
    }

    private void generates(PipelineCase pipelineCase) {
        Suite.orNotCovered(pipelineCase.name(), () -> SchedulerJson.read(pipelineCase.scheduler()));
        Path model = scratch.resolve(pipelineCase.name());
        TestFolders.copy(pipelineCase.model(), model);
        pipelineCase.scheduler().write(model.resolve("scheduler/scheduler_config.json"));
        Outcome outcome = new Outcome();
        Suite.with(pipelineCase.tensors(), expected -> {
            try (Pipeline pipeline = Pipeline.load(model)) {
                pipeline.generate(pipelineCase.generation(expected, task(pipelineCase, expected, pipeline)), outcome);
            }
            assertClose("latents", outcome.latents(), expected.numbers("final_latents"), TOLERANCE);
            assertClose("image", outcome.image(), expected.numbers("image"), TOLERANCE);
        });
    }

    private static GenerationTask task(PipelineCase pipelineCase, Tensors expected, Pipeline pipeline) {
        if (!expected.has("source")) {
            return new TextToImage(Optional.of(expected.get("latents")));
        }
        AutoencoderKl vae = pipeline.autoencoder().orElseThrow();
        NDArray pixels = expected.get("source").mul(2).sub(1);
        NDArray latents = vae.encodeScaled(pixels, expected.get("posterior_noise"));
        double strength = pipelineCase.request().number("strength");
        return ImageToImage.of(latents, expected.get("noise"), strength);
    }
}
