package io.percolate.studio.work;

import io.percolate.files.MemorySize;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.model.ModelDefaults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Models in memory: opened when they are first needed; when their files together are larger than a budget, those that
 * were not used for the longest time are closed. Thread-safe.
 */
public final class LoadedModels implements AutoCloseable {

    private final Catalogue catalogue;
    private final MemorySize budget;
    private final Map<ModelChoice, Loaded> models = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, ModelDefaults> defaults = new ConcurrentHashMap<>();
    private volatile int count;

    /** Models of {@code catalogue}, whose files may have so many bytes; one is there even if it has more. */
    public LoadedModels(Catalogue catalogue, MemorySize budget) {
        this.catalogue = catalogue;
        this.budget = budget;
    }

    private static final class Loaded {

        private final Pipeline pipeline;
        private final long bytes;
        private int users;

        Loaded(Pipeline pipeline, long bytes) {
            this.pipeline = pipeline;
            this.bytes = bytes;
        }
    }

    /** Runs {@code body} with a model, which stays in memory for as long. */
    void use(ModelChoice choice, Consumer<Pipeline> body) {
        Loaded loaded = acquire(choice);
        try {
            body.accept(loaded.pipeline);
        } finally {
            release(loaded);
        }
    }

    /** What requests to a model get that leave it open; empty until it was first loaded without LoRAs, which may change them. */
    public Optional<ModelDefaults> defaults(String name) {
        return Optional.ofNullable(defaults.get(name));
    }

    /** How many models are in memory; does not wait for one that is being loaded. */
    public int count() {
        return count;
    }

    private synchronized Loaded acquire(ModelChoice choice) {
        Loaded loaded = models.get(choice);
        if (loaded == null) {
            Path path = catalogue.model(choice.name());
            long bytes = bytes(path)
                    + choice.controlNets().stream()
                            .map(catalogue::controlNet)
                            .mapToLong(LoadedModels::bytes)
                            .sum();
            makeRoomFor(bytes);
            loaded = new Loaded(Pipeline.load(path, catalogue.loading(choice)), bytes);
            models.put(choice, loaded);
            count = models.size();
            if (choice.loras().isEmpty()) {
                defaults.put(choice.name(), loaded.pipeline.defaults());
            }
        }
        loaded.users++;
        return loaded;
    }

    private synchronized void release(Loaded loaded) {
        loaded.users--;
    }

    private void makeRoomFor(long bytes) {
        long held = models.values().stream().mapToLong(loaded -> loaded.bytes).sum();
        Iterator<Loaded> oldest = models.values().iterator();
        while (held + bytes > budget.bytes() && oldest.hasNext()) {
            Loaded loaded = oldest.next();
            if (loaded.users == 0) {
                loaded.pipeline.close();
                oldest.remove();
                held -= loaded.bytes;
            }
        }
    }

    private static long bytes(Path model) {
        try (Stream<Path> files = Files.walk(model)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + model, e);
        }
    }

    /** Waits for generations that are under way, and closes all models. */
    @Override
    public synchronized void close() {
        models.values().forEach(loaded -> loaded.pipeline.close());
        models.clear();
        count = 0;
    }
}
