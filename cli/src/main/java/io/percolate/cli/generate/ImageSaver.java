package io.percolate.cli.generate;

import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes every image as soon as it is generated, so that it is not lost if a later one fails. */
final class ImageSaver implements GenerationListener {

    private final ImageNames files;
    private final List<Path> written = new ArrayList<>();

    ImageSaver(ImageNames files) {
        this.files = files;
    }

    @Override
    public void generated(GeneratedImage image) {
        written.add(files.save(image));
    }

    /** Where the images are, in their order. */
    List<Path> written() {
        return written;
    }
}
