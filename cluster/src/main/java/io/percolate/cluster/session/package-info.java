/**
 * How jobs run on Apache Spark, whatever they do. {@link io.percolate.cluster.session.ClusterOptions} are the options that
 * every command takes, {@link io.percolate.cluster.session.ClusterSession} is an open connection to the cluster, with one
 * task at a time in an executor, and {@link io.percolate.cluster.session.Held} is what an executor process keeps between
 * tasks: its model, above all.
 */
@NullMarked
package io.percolate.cluster.session;

import org.jspecify.annotations.NullMarked;
