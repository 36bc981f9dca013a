/**
 * Layers and the one door to native operators; knows nothing of diffusion.
 *
 * <p>Start at {@link io.percolate.nn.Layer}: named parameters and children, torch's names. {@link
 * io.percolate.nn.Linear}, {@link io.percolate.nn.Conv2d} and the norms are the leaves; what they compute is
 * one call each into {@link io.percolate.nn.Aten}, or into faster kernels if the layer was frozen for inference:
 * {@link io.percolate.nn.Kernels} decides. A network's parameters are in memory for good, or while {@link
 * io.percolate.nn.Layer#use} runs. {@link io.percolate.nn.Scope} frees intermediate arrays,
 * {@link io.percolate.nn.TorchArray} copies numbers from Java into the engine's memory,
 * {@link io.percolate.nn.Gradients} differentiates, {@link io.percolate.nn.GradientCheckpointing} lets it do so in less
 * memory, {@link io.percolate.nn.Precision} names the element types.
 *
 * <p>{@link io.percolate.nn.NoiseSource} is all randomness that generation sees, a seed for each image, and {@link
 * io.percolate.nn.RandomStream} all that training sees. What trains the parameters is in {@code optim}.
 */
package io.percolate.nn;
