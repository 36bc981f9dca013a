package io.percolate.pipeline.comparison.arms;

import java.nio.file.Path;

/**
 * Where a training of an arm finds and leaves things.
 *
 * @param comparison the folder of the comparison, which has the autoencoders
 * @param folder the run folder
 */
public record ArmPlace(Path comparison, Path folder) {}
