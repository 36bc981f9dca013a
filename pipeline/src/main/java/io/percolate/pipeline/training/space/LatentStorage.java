package io.percolate.pipeline.training.space;

import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.weights.tensors.ElementType;
import java.nio.file.Path;

/**
 * Where latents are kept, and who watches while they are made.
 *
 * @param folder of the cache; several runs may share it, also at the same time
 * @param type what their numbers are stored as
 * @param listener who is told how many images are encoded
 */
public record LatentStorage(Path folder, ElementType type, TrainingListener listener) {}
