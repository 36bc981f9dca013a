package io.percolate.tests.reference;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.random.NoiseSource;
import io.percolate.testing.Reference;
import io.percolate.tests.reference.Suite.Tensors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The starting noise of every pipeline case is what torch draws for some seed, and what Percolate draws for it. */
class SeedReferenceTest {

    private static final double TOLERANCE = 1e-6;

    @TestFactory
    Stream<DynamicTest> startingNoiseIsThatOfTorch() {
        return PipelineCase.all().stream()
                .filter(pipelineCase -> !pipelineCase.isImageToImage())
                .map(pipelineCase -> dynamicTest(
                        pipelineCase.name(),
                        () -> Suite.with(pipelineCase.tensors(), SeedReferenceTest::isDrawnFromItsSeed)));
    }

    private static void isDrawnFromItsSeed(Tensors expected) {
        NDArray latents = expected.get("latents");
        NDArray drawn = NoiseSource.seeded(TorchSeeds.of(latents)).normal(latents);
        Reference.assertClose("noise", drawn, latents, TOLERANCE);
    }
}
