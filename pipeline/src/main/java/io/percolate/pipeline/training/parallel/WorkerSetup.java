package io.percolate.pipeline.training.parallel;

import java.io.Serializable;

/**
 * What a process needs to be a worker of a training of a denoiser; every machine sees the folders.
 *
 * @param plan how the workers share the training
 * @param data the folder of images
 * @param vae the folder of the autoencoder; empty on pixels
 * @param start the model folder to go on from; empty for none
 * @param run the run folder, whose {@code recipe.json} says the rest
 */
public record WorkerSetup(ParallelPlan plan, String data, String vae, String start, String run)
        implements Serializable {}
