package io.percolate.pipeline.model;

import io.percolate.diffusion.unet.control.ControlNet;

/**
 * A ControlNet of a model.
 *
 * @param name that of its file or folder
 * @param network its weights belong to the model
 */
public record LoadedControlNet(String name, ControlNet network) {}
