package io.percolate.pipeline.training.conditioning;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.percolate.conditioning.prompts.CaptionDropout;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.data.AspectBuckets;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.images.Frame;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.TestImages;
import io.percolate.pipeline.training.recipe.TextRecipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptionEncoderTest {

    @TempDir
    private Path folder;

    /**
     * Original height and width, top and left of the crop, target height and width (Podell et al. 2023, section 2.2): a
     * photograph of 200x100 goes to 88x44 and is cut to 88x40, an image of 20x40 is enlarged to 48x96 and cut to 40x96.
     */
    @Test
    void imagesOfBucketsComeWithTheirSizesAndWhereTheyWereCut() throws Exception {
        ImageFiles.writePng(folder.resolve("a.png"), TestImages.colourful(200, 100));
        ImageFiles.writePng(folder.resolve("b.png"), TestImages.colourful(20, 40));
        Files.writeString(folder.resolve("a.txt"), "a wide image");
        ImageDataset dataset = ImageDataset.open(folder);
        AspectBuckets buckets = AspectBuckets.of(dataset, ImageTransform.square(64), 8);
        List<Frame> frames = dataset.entries().stream().map(buckets::of).toList();
        assertThat(sizes(dataset, frames.get(0))).containsExactly(44, 88, 2, 0, 40, 88);
        assertThat(sizes(dataset, frames.get(1))).containsExactly(40, 20, 0, 4, 96, 40);
    }

    private static float[] sizes(ImageDataset dataset, Frame frame) {
        try (NDManager manager = TorchEngine.newManager();
                CaptionEncoder captions = CaptionEncoder.learn(
                        new TextRecipe(540, 8, 32, 1, 2, new CaptionDropout(0)), dataset, manager)) {
            captions.encoder().initialise(manager, 1);
            try (DenoiserInputs inputs =
                    Gradients.off(() -> new CaptionConditioning(captions.text(), frame.size(), Precision.FP32)
                            .encode(List.of("a wide image"), List.of(frame)))) {
                return inputs.sizes().toFloatArray();
            }
        }
    }
}
