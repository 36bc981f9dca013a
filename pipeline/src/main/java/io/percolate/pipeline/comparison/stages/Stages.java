package io.percolate.pipeline.comparison.stages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percolate.files.AtomicFile;
import io.percolate.files.CancelledException;
import io.percolate.nn.engine.PeakMemory;
import io.percolate.pipeline.training.session.TrainingClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The finished stages of a comparison and what each found, in a file of its folder: they are not done again. */
public final class Stages {

    private static final Logger LOG = LoggerFactory.getLogger(Stages.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "comparison.json";
    private static final String SETTINGS = "settings";

    private final Path file;
    private final TrainingClock clock;
    private final StageHost host;
    private ObjectNode finished;

    private Stages(Path file, ObjectNode finished, TrainingClock clock, StageHost host) {
        this.file = file;
        this.finished = finished;
        this.clock = clock;
        this.host = host;
    }

    /**
     * What a stage found, and what it took.
     *
     * @param result what it found, if anything
     * @param seconds in the last session, by the clock of the comparison
     * @param peakMegabytes most resident memory, or null where the system does not tell
     */
    public record Measured<T>(T result, double seconds, Double peakMegabytes) {}

    /**
     * The stages of the comparison in {@code folder}, none if there is no such folder.
     *
     * @param settings what must be as it was when the comparison began
     * @param clock what measures how long they take
     * @param host does those that take much memory
     * @throws IllegalArgumentException if there is something else, or another comparison
     */
    public static Stages open(Path folder, Map<String, String> settings, TrainingClock clock, StageHost host) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            requireEmpty(folder);
            ObjectNode fresh = JSON.createObjectNode();
            fresh.set(SETTINGS, JSON.valueToTree(settings));
            return new Stages(file, fresh, clock, host);
        }
        ObjectNode finished = read(file);
        requireSame(folder, JSON.convertValue(finished.get(SETTINGS), JSON.constructType(Map.class)), settings);
        return new Stages(file, finished, clock, host);
    }

    /** Whether the comparison begins here. */
    public boolean noneIsFinished() {
        return finished.size() == 1;
    }

    /** Says in the folder that it is a comparison's, even if it is killed in its first stage. */
    public void begin() {
        write();
    }

    /** Whether {@code stage} is. */
    public boolean isFinished(String stage) {
        return finished.has(stage);
    }

    /** What {@code work} finds, or found when it was done; it takes much memory, and is left to the host. */
    public <T> Measured<T> apart(String stage, Class<T> type, Supplier<T> work) {
        if (!isFinished(stage)) {
            CancelledException.ifInterrupted("the comparison");
            host.complete(stage, () -> once(stage, type, work));
            finished = read(file);
        }
        return once(stage, type, work);
    }

    /** Has the host do {@code work}, unless it was done. */
    public Measured<Void> apart(String stage, Runnable work) {
        return apart(stage, Void.class, () -> {
            work.run();
            return null;
        });
    }

    /** What {@code work} finds here, or found when it was done. */
    public <T> Measured<T> once(String stage, Class<T> type, Supplier<T> work) {
        JavaType measured = JSON.getTypeFactory().constructParametricType(Measured.class, type);
        if (!isFinished(stage)) {
            CancelledException.ifInterrupted("the comparison");
            LOG.info("comparison: {}", stage);
            finished.set(stage, JSON.valueToTree(measure(work)));
            write();
        }
        return JSON.convertValue(finished.get(stage), measured);
    }

    private <T> Measured<T> measure(Supplier<T> work) {
        List<T> result = new ArrayList<>();
        double start = clock.seconds();
        OptionalDouble peak = PeakMemory.during(() -> result.add(work.get()));
        double seconds = clock.seconds() - start;
        return new Measured<>(result.get(0), seconds, peak.isPresent() ? peak.getAsDouble() : null);
    }

    private void write() {
        try {
            byte[] text = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(finished);
            AtomicFile.write(file, out -> out.write(text));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a stage that is not JSON: " + impossible.getMessage(), impossible);
        }
    }

    private static ObjectNode read(Path file) {
        try {
            return (ObjectNode) JSON.readTree(Files.readAllBytes(file));
        } catch (IOException | ClassCastException broken) {
            throw new IllegalArgumentException(
                    file + " is no record of a comparison: give another folder, or remove it", broken);
        }
    }

    private static void requireEmpty(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new IllegalArgumentException(
                        folder + " holds something else than a comparison: give an empty folder, or a new one");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void requireSame(Path folder, Map<?, ?> before, Map<String, String> now) {
        now.forEach((option, value) -> {
            if (!value.equals(before.get(option))) {
                throw new IllegalArgumentException("the comparison in " + folder + " began with " + option + " "
                        + before.get(option) + ", not " + value + ": give it the same options, or another folder");
            }
        });
    }
}
