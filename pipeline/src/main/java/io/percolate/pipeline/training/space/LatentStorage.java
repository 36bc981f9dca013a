package io.percolate.pipeline.training.space;

import io.percolate.weights.tensors.ElementType;
import java.nio.file.Path;

/**
 * Where latents are kept.
 *
 * @param folder of the cache; several runs may share it, also at the same time
 * @param type what their numbers are stored as
 */
public record LatentStorage(Path folder, ElementType type) {}
