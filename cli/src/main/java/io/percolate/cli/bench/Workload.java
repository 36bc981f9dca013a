package io.percolate.cli.bench;

import io.percolate.nn.layers.Layer;

/** A network with random weights, and the step on random input that is timed. */
interface Workload extends AutoCloseable {

    Layer network();

    /** One step; frees everything it makes. */
    void step();

    /** What a step works on, for people to read. */
    String input();

    @Override
    void close();
}
