package io.percolate.nn.layers;

/** When a network's parameters are in memory: the first of its users loads them, the last one frees them. Thread-safe. */
final class Offload {

    /** For parameters that nobody loads or frees on the way. */
    static final Offload PERMANENT = new Offload(() -> {}, () -> {});

    private final Runnable load;
    private final Runnable free;
    private int users;

    Offload(Runnable load, Runnable free) {
        this.load = load;
        this.free = free;
    }

    synchronized void enter() {
        if (users == 0) {
            loadAllOrNothing();
        }
        users++;
    }

    synchronized void leave() {
        users--;
        if (users == 0) {
            free.run();
        }
    }

    private void loadAllOrNothing() {
        try {
            load.run();
        } catch (RuntimeException | Error e) {
            free.run();
            throw e;
        }
    }
}
