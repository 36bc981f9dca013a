package io.percolate.studio.server;

import io.percolate.files.MemorySize;
import io.percolate.studio.request.Limits;
import io.percolate.studio.work.Catalogue;
import io.percolate.studio.work.QueueSize;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a server offers and allows.
 *
 * @param binding where it listens
 * @param catalogue the models it has
 * @param folders what it keeps and shows
 * @param limits the most that a request may ask for
 * @param load how much it takes on
 */
public record ServerSettings(Binding binding, Catalogue catalogue, Folders folders, Limits limits, Load load) {

    /** On {@code binding}, with the embedded model, keeping images in {@code gallery}. */
    public static ServerSettings embedded(Binding binding, Path gallery) {
        Folders folders = new Folders(gallery, Optional.empty());
        return new ServerSettings(binding, Catalogue.EMBEDDED, folders, Limits.DEFAULT, Load.DEFAULT);
    }

    /**
     * Folders of a server.
     *
     * @param gallery where images stay; made with the first one
     * @param runs where trainings and comparisons are, if they are to be shown
     */
    public record Folders(Path gallery, Optional<Path> runs) {}

    /**
     * How much a server takes on.
     *
     * @param queue requests that wait for each model, and run at once
     * @param modelMemory the most bytes that the files of the models in memory have
     */
    public record Load(QueueSize queue, MemorySize modelMemory) {

        /** The usual queue, and models of 8 GB. */
        public static final Load DEFAULT = new Load(QueueSize.DEFAULT, new MemorySize(8L << 30));
    }
}
