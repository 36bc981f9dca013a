package io.percolate.diffusion.steps;

import io.percolate.diffusion.process.NoiseLevel;
import io.percolate.diffusion.process.NoiseSchedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The noise levels that a sampler visits, for any number of steps.
 *
 * @param noiseSchedule the noise schedule of training
 * @param timestepSchedule how steps are spread over it
 */
public record SigmaSchedule(NoiseSchedule noiseSchedule, TimestepSchedule timestepSchedule) {

    /** The level where the last step ends. */
    NoiseLevel end() {
        return timestepSchedule.finalSigma().of(noiseSchedule);
    }

    /** Whole timesteps, most noise first. */
    public int[] timesteps(int count) {
        return Arrays.stream(timestepSchedule.timesteps(trainSteps(), requireCount(count)))
                .mapToInt(t -> (int) Math.rint(t))
                .toArray();
    }

    /** The level at a timestep, or where the last step ends if there is none (below 0). */
    public NoiseLevel levelOrEnd(int timestep) {
        return timestep < 0 ? end() : noiseSchedule.level(timestep);
    }

    /** The timesteps between two steps of an evenly strided run: T/N, rounded down. */
    public int stride(int count) {
        return trainSteps() / count;
    }

    /** Levels at the chosen timesteps and the end; fractional timesteps are kept. */
    public List<NoiseLevel> levels(int count) {
        List<NoiseLevel> levels = at(timestepSchedule.timesteps(trainSteps(), requireCount(count)));
        if (timestepSchedule.sigmas() == SigmaSpacing.TIMESTEPS) {
            return withEnd(levels);
        }
        double largest = levels.get(0).sigma();
        double smallest = levels.get(levels.size() - 1).sigma();
        return withEnd(withSigmas(timestepSchedule.sigmas().between(largest, smallest, count)));
    }

    /** Levels for solvers in log-SNR: the first N of N+1 timesteps, or sigmas over the whole schedule; and the end. */
    public List<NoiseLevel> solverLevels(int count) {
        if (timestepSchedule.sigmas() == SigmaSpacing.TIMESTEPS) {
            return withEnd(at(timestepSchedule.beforeLast(trainSteps(), requireCount(count))));
        }
        NoiseSchedule finite = noiseSchedule.finite();
        double largest = finite.level(trainSteps() - 1).sigma();
        double smallest = finite.level(0).sigma();
        double[] sigmas = timestepSchedule.sigmas().between(largest, smallest, requireCount(count));
        return withEnd(withSigmas(sigmas).stream().map(this::atWholeTimestep).toList());
    }

    /** The level halfway between two in log sigma. */
    public NoiseLevel between(NoiseLevel a, NoiseLevel b) {
        return withSigmas(Math.sqrt(a.sigma() * b.sigma())).get(0);
    }

    private List<NoiseLevel> at(double... timesteps) {
        return DoubleStream.of(timesteps)
                .mapToObj(noiseSchedule.finite()::level)
                .toList();
    }

    private List<NoiseLevel> withSigmas(double... sigmas) {
        NoiseSchedule finite = noiseSchedule.finite();
        return DoubleStream.of(sigmas)
                .mapToObj(sigma -> new NoiseLevel((float) finite.timestepOf(sigma), sigma))
                .toList();
    }

    private List<NoiseLevel> withEnd(List<NoiseLevel> levels) {
        List<NoiseLevel> all = new ArrayList<>(levels);
        all.add(end());
        return all;
    }

    /** Published solvers run the network at whole timesteps: rounded for Karras sigmas, cut for others. */
    private NoiseLevel atWholeTimestep(NoiseLevel level) {
        boolean rounded = timestepSchedule.sigmas() == SigmaSpacing.KARRAS;
        double timestep = rounded ? Math.rint(level.timestep()) : Math.floor(level.timestep());
        return new NoiseLevel(timestep, level.sigma());
    }

    private int trainSteps() {
        return noiseSchedule.steps();
    }

    private int requireCount(int count) {
        if (count < 1 || count > trainSteps()) {
            throw new IllegalArgumentException(count + " steps, but the model knows 1 to " + trainSteps());
        }
        return count;
    }
}
