package io.percolate.pipeline.training;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a diffusion training finds and leaves things.
 *
 * @param vae folder of the finished autoencoder; empty to train on pixels
 * @param start a model folder whose denoiser and text encoder to go on from, instead of random ones
 * @param out the run folder, which is also the model folder
 */
public record DiffusionFolders(Optional<Path> vae, Optional<Path> start, Path out) {}
