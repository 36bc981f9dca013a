package io.percolate.pipeline.cli;

import io.percolate.pipeline.GeneratedImage;
import io.percolate.pipeline.GenerationListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes every picture as soon as it is drawn: whatever becomes of the later ones, it is not lost. */
final class PictureSaver implements GenerationListener {

    private final PictureFiles files;
    private final List<Path> written = new ArrayList<>();

    PictureSaver(PictureFiles files) {
        this.files = files;
    }

    @Override
    public void drawn(GeneratedImage picture) {
        written.add(files.save(picture));
    }

    /** Where the pictures are, in their order. */
    List<Path> written() {
        return written;
    }
}
