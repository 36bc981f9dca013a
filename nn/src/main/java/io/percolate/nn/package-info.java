/**
 * Layers and the one door to native operators; knows nothing of diffusion.
 *
 * <p>Start at {@link io.percolate.nn.layers.Layer}: named parameters and children, torch's names. {@link
 * io.percolate.nn.layers.Linear}, {@link io.percolate.nn.layers.Conv2d} and the norms are the leaves; what they compute is
 * one call each into {@link io.percolate.nn.engine.Aten}, or into faster kernels if the layer was frozen for inference:
 * {@link io.percolate.nn.layers.Kernels} decides. A network's parameters are in memory for good, or while {@link
 * io.percolate.nn.layers.Layer#use} runs. {@link io.percolate.nn.engine.Scope} frees intermediate arrays,
 * {@link io.percolate.nn.engine.TorchArray} copies numbers from Java into the engine's memory,
 * {@link io.percolate.nn.engine.Gradients} differentiates, {@link io.percolate.nn.engine.GradientCheckpointing} lets it do so in less
 * memory, {@link io.percolate.nn.engine.Precision} names the element types.
 *
 * <p>{@link io.percolate.nn.random.NoiseSource} is all randomness that generation sees, a seed for each image, and {@link
 * io.percolate.nn.random.RandomStream} all that training sees. What trains the parameters is in {@code optim}.
 */
package io.percolate.nn;
