/**
 * How fast this machine computes a network, and how fast it could.
 *
 * <p>A {@link io.percolate.cli.bench.Benchmark} builds the network of a {@link
 * io.percolate.cli.bench.ModelShape} with random weights, repeats the step of its {@link
 * io.percolate.cli.bench.Subject}, and reports the median beside the time that the same arithmetic would take at
 * the speed of one large matrix product or convolution, measured in the same process.
 */
@NullMarked
package io.percolate.cli.bench;

import org.jspecify.annotations.NullMarked;
