/**
 * How long operators take. The build compiles these benchmarks and does not run them; {@code tests/bench/README.md} says
 * how to, and how to run the same on torch.
 */
package io.percolate.tests.bench;
