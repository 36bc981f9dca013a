package io.percolate.pipeline.training.space;

import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.weights.tensors.ElementType;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where latents are kept, and how they come there.
 *
 * @param folder of the cache; several runs may share it, also at the same time
 * @param type what their numbers are stored as
 * @param pixelsAtOnce pixels of the images that are encoded together; one image goes even if it has more
 * @param listener who is told how many images are encoded
 */
public record LatentStorage(Path folder, ElementType type, long pixelsAtOnce, TrainingListener listener) {

    /** The folder of the latents of one encoder, by its fingerprint. */
    Path folderOf(String fingerprint) {
        return folder.resolve(fingerprint + "-" + type.name().toLowerCase(Locale.ROOT));
    }
}
