package io.percolate.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.TestImages;
import io.percolate.pipeline.training.recipe.ComputePlan.Beside;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.LatentScale;
import io.percolate.vae.VaeConfig;
import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredScaleTest {

    private static final ImageTransform TRANSFORM = ImageTransform.square(8);

    private final NDManager manager = TorchEngine.newManager();
    private final AutoencoderKl vae = new AutoencoderKl(VaeConfig.of(List.of(4), 1, 2, 4));

    private Beside beside = Beside.DEFAULT;

    @TempDir
    Path folder;

    @BeforeEach
    void initialise() {
        vae.initialise(manager, 1);
    }

    @AfterEach
    void free() {
        vae.close();
        manager.close();
    }

    /** Of 600 images the first 300 are red and the others blue: 256 in file order would show one of the two alone. */
    @Test
    void aFolderSortedByClassIsMeasuredOnAllClasses() {
        write("blue", Color.BLUE, 300);
        double blue = scale().mean().get(0);
        write("aa-red", Color.RED, 300);
        double both = scale().mean().get(0);
        double red = measure(ImageDataset.open(folder).first(300)).mean().get(0);
        double share = (both - blue) / (red - blue);
        assertThat(share).isCloseTo(0.5, Percentage.withPercentage(20));
    }

    @Test
    void measuringTwiceGivesTheSameScale() {
        write("blue", Color.BLUE, 20);
        write("red", Color.RED, 300);
        assertThat(scale()).isEqualTo(scale());
    }

    @Test
    void theScaleDoesNotDependOnHowManyImagesGoTogether() {
        write("blue", Color.BLUE, 5);
        write("red", Color.RED, 5);
        LatentScale together = scale();
        beside = Beside.DEFAULT.withPixelsAtOnce(1);
        assertThat(scale().mean().get(0)).isCloseTo(together.mean().get(0), Percentage.withPercentage(0.01));
    }

    @Test
    void noImagesLeaveTheScaleAsItIs() {
        write("blue", Color.BLUE, 5);
        beside = Beside.DEFAULT.withScaleImages(0);
        assertThat(scale()).isEqualTo(vae.config().latentScale());
    }

    private LatentScale scale() {
        return measure(ImageDataset.open(folder));
    }

    private LatentScale measure(ImageDataset dataset) {
        return Gradients.off(() -> MeasuredScale.of(vae, dataset, TRANSFORM, beside, TrainingListener.NONE));
    }

    private void write(String name, Color color, int count) {
        for (int i = 0; i < count; i++) {
            ImageFiles.writePng(folder.resolve("%s-%03d.png".formatted(name, i)), TestImages.plain(8, 8, color));
        }
    }
}
