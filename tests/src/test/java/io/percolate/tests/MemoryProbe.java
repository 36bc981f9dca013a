package io.percolate.tests;

import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.model.AutoencoderSource;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingProgress;
import io.percolate.pipeline.training.session.TrainingSession;
import io.percolate.pipeline.training.tiny.TinyRecipe;
import io.percolate.pipeline.training.tiny.TinyRun;
import io.percolate.pipeline.training.tiny.TinyTrainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Generates and trains, and prints what is alive after the first few times and after the last. */
final class MemoryProbe {

    private final int times;
    private final int first;

    private MemoryProbe(int times, int first) {
        this.times = times;
        this.first = first;
    }

    /** Arguments: how many generations and steps, and how many of them are the first few; works in an empty folder. */
    public static void main(String[] arguments) {
        MemoryProbe probe = new MemoryProbe(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        TinyTraining training = new TinyTraining(Path.of("").toAbsolutePath());
        training.draw();
        training.trainVae(1);
        training.trainDiffusion(1);
        probe.generate(training.model());
        probe.train(training);
        probe.imitate(training);
    }

    private void generate(Path model) {
        List<LiveMemory> looks = new ArrayList<>();
        try (Pipeline pipeline = Pipeline.load(model)) {
            for (int i = 1; i <= times; i++) {
                pipeline.generate(
                        GenerationRequest.of("a red ball").steps(2).seed(i).build());
                looks.add(LiveMemory.now());
            }
        }
        print("generations", looks);
    }

    private void train(TinyTraining training) {
        List<LiveMemory> looks = new ArrayList<>();
        training.trainDiffusion(times, watcher(looks));
        print("training", looks);
    }

    private void imitate(TinyTraining training) {
        List<LiveMemory> looks = new ArrayList<>();
        AutoencoderSource teacher = new AutoencoderSource(training.vae());
        TinyTrainer.train(
                TinyRecipe.of(teacher.config()),
                new TinyRun(teacher, training.vae().resolveSibling("imitation")),
                ImageDataset.open(training.data()),
                new TrainingSession(new Budget.Steps(times), false, watcher(looks)));
        print("imitation", looks);
    }

    /** Looks on the training thread between steps. */
    private static TrainingListener watcher(List<LiveMemory> looks) {
        return new TrainingListener() {
            @Override
            public void stepped(TrainingProgress progress) {
                looks.add(LiveMemory.now());
            }
        };
    }

    private void print(String what, List<LiveMemory> looks) {
        print(what + " early", least(looks.subList(first, 2 * first)));
        print(what + " late", least(looks.subList(times - first, times)));
    }

    /** What is left by all: some looks come while something else is still at work. */
    private static LiveMemory least(List<LiveMemory> looks) {
        return looks.stream().reduce(LiveMemory::least).orElseThrow();
    }

    private static void print(String when, LiveMemory memory) {
        System.out.println("memory: %s: %d %d %d %d"
                .formatted(when, memory.arrays(), memory.residentMegabytes(), memory.threads(), memory.descriptors()));
    }
}
