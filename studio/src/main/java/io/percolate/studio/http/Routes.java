package io.percolate.studio.http;

import io.javalin.Javalin;

/** A group of paths and what answers them. */
public interface Routes {

    /** Adds them to a server that is not started yet. */
    void addTo(Javalin server);
}
