package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.LINUX;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.NativeHeap;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.Linear;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.io.TempDir;

/** The heap as the command line sets it up, in a JVM of its own. */
class NativeHeapTest {

    private static final Pattern RESIDENT = Pattern.compile("resident (\\d+)");

    @TempDir
    private Path folder;

    @Test
    @EnabledOnOs(LINUX)
    void freedWeightsGoBackToTheSystemWhateverWasAllocatedBetweenThem() throws IOException, InterruptedException {
        String output =
                ChildJvm.withVariable("MALLOC_ARENA_MAX", "1").run(folder, ChildJvm.classPath(), Probe.class.getName());
        List<Long> resident = resident(output);
        long weights = resident.get(1) - resident.get(0);
        assertThat(weights).isGreaterThan(Probe.MEGABYTES * 9 / 10);
        assertThat(resident.get(2) - resident.get(0)).isLessThan(weights / 4);
    }

    @Test
    @EnabledOnOs(LINUX)
    void whatIsFreedBetweenOtherArraysGoesBackAtOnceIfThatIsWanted() throws IOException, InterruptedException {
        String output = ChildJvm.PLAIN.run(folder, ChildJvm.classPath(), Holes.class.getName());
        List<Long> resident = resident(output);
        assertThat(resident.get(0) - resident.get(1)).isGreaterThan(Holes.MEGABYTES / 2 * 9 / 10);
    }

    private static List<Long> resident(String output) {
        return RESIDENT.matcher(output)
                .results()
                .map((MatchResult match) -> Long.valueOf(match.group(1)))
                .toList();
    }

    /** Frees every second one of some arrays. */
    static final class Holes {

        private static final int COUNT = 64;
        private static final long NUMBERS = 1_000_000;
        static final long MEGABYTES = 4 * COUNT * NUMBERS / 1_000_000;

        private Holes() {}

        public static void main(String[] arguments) {
            assertThat(NativeHeap.giveBackAtOnce()).isTrue();
            try (NDManager manager = TorchEngine.newManager()) {
                manager.ones(new Shape(7 * NUMBERS)).close(); // after this, glibc keeps arrays of that size by itself
                List<NDArray> arrays = Stream.generate(() -> manager.ones(new Shape(NUMBERS)))
                        .limit(COUNT)
                        .toList();
                Probe.print();
                IntStream.range(0, COUNT / 2).forEach(i -> arrays.get(2 * i).close());
                Probe.print();
            }
        }
    }

    /** Packs weights between arrays that come and go, frees them, and tells each time what is resident. */
    static final class Probe {

        private static final int WIDTH = 2048;
        private static final int LAYERS = 16;
        static final long MEGABYTES = 4L * WIDTH * WIDTH * (LAYERS - 1) / 1_000_000;

        private Probe() {}

        public static void main(String[] arguments) {
            try (NDManager manager = TorchEngine.newManager()) {
                List<Linear> layers =
                        Stream.generate(() -> layer(manager)).limit(LAYERS).toList();
                forward(layers.get(0), manager);
                print();
                layers.forEach(layer -> forward(layer, manager));
                print();
                layers.forEach(Layer::close);
                print();
            }
        }

        private static Linear layer(NDManager manager) {
            Linear layer = new Linear(WIDTH, WIDTH);
            layer.shapes().forEach((name, shape) -> layer.bind(name, () -> manager.ones(shape)));
            layer.prepack(Precision.FP32);
            return layer;
        }

        private static void forward(Linear layer, NDManager manager) {
            Gradients.off(() -> layer.forward(manager.ones(new Shape(64, WIDTH))))
                    .close();
        }

        private static void print() {
            System.out.println("resident " + LiveMemory.now().residentMegabytes());
        }
    }
}
