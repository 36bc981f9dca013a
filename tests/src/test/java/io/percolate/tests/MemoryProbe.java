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

    private final int times;
    private final int first;

    private MemoryProbe(int times, int first) {
        this.times = times;
        this.first = first;
    }

    /** Arguments: how many generations and steps, and how many of them are the first few; works in an empty folder. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        MemoryProbe probe = new MemoryProbe(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        TinyTraining training = new TinyTraining(Path.of("").toAbsolutePath());
        training.draw();
        training.trainVae(1);
        training.trainDiffusion(1);
        probe.generate(training.model());
        probe.train(training);
    }

    private void generate(Path model) {
        try (Pipeline pipeline = Pipeline.load(model)) {
            for (int i = 1; i <= times; i++) {
                pipeline.generate(
                        GenerationRequest.of("a red ball").steps(2).seed(i).build());
                if (i == first || i == times) {
                    print(i == first ? "generations early" : "generations late", LiveMemory.now());
                }
            }
        }
    }

    /** Between two steps the fewest arrays are alive: the least of many looks is what the steps leave. */
    private void train(TinyTraining training) throws IOException, InterruptedException {
        Files.deleteIfExists(training.model().resolve("log.jsonl"));
        Thread steps = new Thread(() -> training.trainDiffusion(times));
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
        return looks.reduce(LiveMemory::least).orElseThrow();
    }

    private static void print(String when, LiveMemory memory) {
        System.out.println("memory: %s: %d %d %d %d"
                .formatted(when, memory.arrays(), memory.residentMegabytes(), memory.threads(), memory.descriptors()));
    }
}
