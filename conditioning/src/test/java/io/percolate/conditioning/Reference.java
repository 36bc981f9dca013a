package io.percolate.conditioning;

import java.nio.file.Path;

/** Where the numbers of the Python implementations are. */
final class Reference {

    private Reference() {}

    static Path folder(String name) {
        return Path.of(System.getProperty("percolate.reference"), name.split("/"));
    }
}
