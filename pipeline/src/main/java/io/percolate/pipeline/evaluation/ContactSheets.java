package io.percolate.pipeline.evaluation;

import io.percolate.pipeline.evaluation.CaptionQueries.Asked;
import io.percolate.pipeline.evaluation.features.NearestImages.Match;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageGrid;
import io.percolate.pipeline.images.ImageTransform;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows what a model was judged by: files {@code trained-1.png}, {@code trained-2.png} and so on for each part. Of every
 * prompt there is the real image, what was generated, and the trained image that comes nearest to that.
 *
 * @param folder where the files go
 */
public record ContactSheets(Path folder) {

    private static final int PROMPTS = 24;
    private static final int PROMPTS_A_ROW = 4;
    private static final int SPACING = 8;

    /** @throws IllegalArgumentException if {@code folder} is a file */
    public ContactSheets {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IllegalArgumentException(folder + " is a file: name a folder for the sheets");
        }
    }

    /**
     * @param generated an image for each of {@code asked}
     * @param nearest the trained image nearest to each of those
     * @param transform what makes images of the data set as large as the generated ones
     */
    void write(
            String part,
            List<Asked> asked,
            List<BufferedImage> generated,
            List<Match> nearest,
            ImageTransform transform) {
        for (int first = 0; first < asked.size(); first += PROMPTS) {
            Sheet sheet = new Sheet(transform);
            for (int i = first; i < Math.min(asked.size(), first + PROMPTS); i++) {
                sheet.add(asked.get(i), generated.get(i), nearest.get(i));
            }
            sheet.write(folder.resolve(part + "-" + (1 + first / PROMPTS) + ".png"));
        }
    }

    private static final class Sheet {

        private final ImageTransform transform;
        private final List<BufferedImage> images = new ArrayList<>();
        private final List<String> words = new ArrayList<>();

        Sheet(ImageTransform transform) {
            this.transform = transform;
        }

        void add(Asked asked, BufferedImage generated, Match nearest) {
            add(transform.read(asked.image().file()), asked.prompt());
            add(generated, "generated");
            add(
                    transform.read(nearest.entry().file()),
                    "nearest: " + nearest.entry().caption());
        }

        private void add(BufferedImage image, String said) {
            images.add(image);
            words.add(said);
        }

        void write(Path file) {
            ImageFiles.writePng(file, new ImageGrid(3 * PROMPTS_A_ROW, SPACING).draw(images, words));
        }
    }
}
