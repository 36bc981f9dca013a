package io.percolate.tests;

import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GenerationRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Generates and trains, and prints what is alive after the first few times and after the last. */
final class MemoryProbe {

    private static final int TIMES = 200;
    private static final int FIRST = 20;

    private MemoryProbe() {}

    /** Runs in the folder of a {@link TinyTraining} that has been trained. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        generate(Path.of("model"));
        train(new TinyTraining(Path.of("").toAbsolutePath()));
    }

    private static void generate(Path model) {
        try (Pipeline pipeline = Pipeline.load(model)) {
            for (int i = 1; i <= TIMES; i++) {
                pipeline.generate(
                        GenerationRequest.of("a red ball").steps(2).seed(i).build());
                if (i == FIRST || i == TIMES) {
                    print("generations " + i, LiveMemory.now());
                }
            }
        }
    }

    /** Between two steps the fewest arrays are alive: the least of many looks is what the steps leave. */
    private static void train(TinyTraining training) throws IOException, InterruptedException {
        Files.deleteIfExists(training.model().resolve("log.jsonl"));
        Thread steps = new Thread(() -> training.trainDiffusion(TIMES));
        steps.start();
        List<LiveMemory> looks = new ArrayList<>();
        while (steps.isAlive()) {
            if (hasLogged(training)) {
                looks.add(LiveMemory.now());
            }
            Thread.sleep(1);
        }
        int third = looks.size() / 3;
        print("training early", least(looks.subList(0, third).stream()));
        print("training late", least(looks.subList(third, 2 * third).stream()));
    }

    private static boolean hasLogged(TinyTraining training) throws IOException {
        Path log = training.model().resolve("log.jsonl");
        return Files.exists(log) && Files.size(log) > 0;
    }

    private static LiveMemory least(Stream<LiveMemory> looks) {
        return looks.reduce((a, b) -> new LiveMemory(
                        Math.min(a.arrays(), b.arrays()), Math.min(a.residentMegabytes(), b.residentMegabytes())))
                .orElseThrow();
    }

    private static void print(String when, LiveMemory memory) {
        System.out.println("memory: " + when + ": " + memory.arrays() + " " + memory.residentMegabytes());
    }
}
