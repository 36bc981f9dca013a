package io.percolate.cli.generate;

import io.percolate.pipeline.generation.GenerationListener;
import io.percolate.pipeline.images.ImageFiles;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes what each image looks like after every step: {@code step-007-2.png} is the second image after the seventh. */
final class PreviewSaver implements GenerationListener {

    private final Path folder;

    PreviewSaver(Path folder) {
        this.folder = folder;
    }

    @Override
    public void stepped(Progress progress) {
        List<BufferedImage> previews = progress.preview().get();
        for (int i = 0; i < previews.size(); i++) {
            String name = String.format(Locale.ROOT, "step-%03d-%d.png", progress.step(), i + 1);
            ImageFiles.writePng(folder.resolve(name), previews.get(i));
        }
    }
}
