package io.percolate.nn.layers;

/** Keeps a network's parameters in memory only while somebody uses it: the first user loads them, the last one frees them. Thread-safe. */
final class Offload {

    /** For parameters that stay in memory. */
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
