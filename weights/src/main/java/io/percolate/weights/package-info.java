/**
 * Tensor files: what published models are kept in, read and written without a framework around them.
 *
 * <p>Everything with named tensors is a {@link io.percolate.weights.tensors.StateDict}, whose values are read when asked
 * for. {@link io.percolate.weights.WeightFile} opens one, whatever its form: {@link io.percolate.weights.safetensors.SafeTensors}
 * in one file or in shards, or {@link io.percolate.weights.pickle.TorchPickle}, which takes checkpoints apart without
 * running anything in them. {@link io.percolate.weights.tensors.StrictLoading} gives a network exactly the tensors it has
 * parameters for, or reports everything that does not fit.
 *
 * <p>{@link io.percolate.weights.SingleFile} reads and writes whole models in the names of the original
 * repositories; its views have the names of a diffusers folder, which are also those of the layers here. One layout
 * class per network holds the table between the two, in both directions.
 *
 * <p>{@link io.percolate.weights.lora.LoraFile} merges low-rank updates into a network's tensors while they are read:
 * {@code LoraReader} sorts a file's tensors into updates, {@code LoraFit} finds the layers that they are for.
 *
 * <p>{@link io.percolate.weights.safetensors.Checkpoint} keeps the state of a training run,
 * {@link io.percolate.files.JsonConfig} reads published {@code config.json} files and knows which options nobody
 * asked for, and {@link io.percolate.files.AtomicFile} is how every file is written: completely, or not at all.
 *
 * <p>Whatever is wrong with a file ends in a {@link io.percolate.weights.tensors.WeightsException}, one line that says
 * which file, what is wrong and what to do; failures of the disk are {@link java.io.UncheckedIOException}s.
 */
package io.percolate.weights;
