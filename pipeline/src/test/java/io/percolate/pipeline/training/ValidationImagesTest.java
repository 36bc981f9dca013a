package io.percolate.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.Split;
import io.percolate.pipeline.training.recipe.ValidationPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidationImagesTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void prepare() throws IOException {
        StringBuilder metadata = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            Files.createFile(folder.resolve(i + ".png"));
            metadata.append(
                    "{\"file_name\": \"%d.png\", \"split\": \"%s\"}%n".formatted(i, i < 4 ? "validation" : "train"));
        }
        Files.writeString(folder.resolve("metadata.jsonl"), metadata);
    }

    @Test
    void aShareOfTheImagesIsTakenFromTheTraining() {
        ImageDataset dataset = ImageDataset.open(folder).split(Split.TRAIN);
        ValidationImages images = ValidationImages.of(dataset, new ValidationPlan(1, 32, 0.25));
        assertThat(images.heldOut().size()).isEqualTo(4);
        assertThat(images.trained().size()).isEqualTo(12);
        assertThat(images.trained().entries())
                .doesNotContainAnyElementsOf(images.heldOut().entries());
        assertThat(ValidationImages.of(dataset, new ValidationPlan(1, 32, 0.25)))
                .isEqualTo(images);
    }

    @Test
    void withoutAShareItIsWhatTheDataSetHoldsOut() {
        ImageDataset dataset = ImageDataset.open(folder).split(Split.TRAIN);
        ValidationImages images = ValidationImages.of(dataset, new ValidationPlan(1, 3, 0));
        assertThat(images.trained()).isEqualTo(dataset);
        assertThat(images.heldOut().entries()).hasSize(3).allMatch(entry -> entry.split() == Split.HELD_OUT);
    }

    @Test
    void nothingIsHeldOutUnlessItIsWanted() {
        ImageDataset dataset = ImageDataset.open(folder).split(Split.TRAIN);
        assertThat(ValidationImages.of(dataset, ValidationPlan.NONE))
                .isEqualTo(new ValidationImages(dataset, dataset.first(0)));
    }
}
