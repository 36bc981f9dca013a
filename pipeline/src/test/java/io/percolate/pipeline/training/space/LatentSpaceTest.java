package io.percolate.pipeline.training.space;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.random.RandomStream;
import io.percolate.pipeline.data.Batch;
import io.percolate.testing.Reference;
import io.percolate.vae.AutoencoderKl;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatentSpaceTest {

    @Test
    void latentsAreSamplesUnlessTheirPosteriorIsFarWiderThanTheyAre() {
        try (NDManager manager = TorchEngine.newManager();
                LatentSpace space = LatentSpace.load(Reference.path("sd1-tiny/vae"), manager)) {
            assertThat(isMean(space, manager, 1)).isFalse();
            assertThat(isMean(space, manager, 100)).isTrue();
        }
    }

    /** @param std of a posterior whose mean is 0, before it is scaled */
    private static boolean isMean(LatentSpace space, NDManager manager, float std) {
        return Scope.call(() -> {
            AutoencoderKl vae = space.vae();
            Shape shape = vae.config().latentShape(2, 64, 64);
            NDArray mean = manager.zeros(shape);
            NDArray wide = manager.full(shape, std);
            Batch batch = new Batch(NDArrays.stack(new NDList(mean, wide), 1), true, List.of(), List.of(), List.of());
            NDArray latents = space.encode(batch, new RandomStream(1));
            return latents.contentEquals(vae.config().latentScale().apply(mean));
        });
    }
}
