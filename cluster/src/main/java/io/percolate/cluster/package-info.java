/**
 * The chain over many machines, on Apache Spark, which schedules, transports and repeats what fails; here is only what a
 * task does. {@link io.percolate.cluster.PercolateCluster} names the commands: one package each ({@code encode}, {@code
 * generate}, {@code train}, {@code evaluate}), on top of {@link io.percolate.cluster.session}. A command reads its options,
 * plans on the driver, and hands Spark tasks that call the library as one machine does.
 */
@NullMarked
package io.percolate.cluster;

import org.jspecify.annotations.NullMarked;
