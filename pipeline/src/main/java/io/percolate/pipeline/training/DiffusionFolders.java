package io.percolate.pipeline.training;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a diffusion training finds and leaves things.
 *
 * @param data a folder of pictures with captions; those marked as held out are not trained on
 * @param vae folder of the finished autoencoder
 * @param start a model folder whose denoiser and text encoder to go on from, instead of random ones
 * @param out the run folder, which is also the model folder
 */
public record DiffusionFolders(Path data, Path vae, Optional<Path> start, Path out) {}
