package io.percolate.diffusion.steps;

import io.percolate.diffusion.process.NoiseLevel;
import io.percolate.diffusion.process.NoiseSchedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which noise levels of a schedule a sampler visits.
 *
 * @param schedule the noise schedule of training
 * @param placement where on it they are
 */
public record SigmaSchedule(NoiseSchedule schedule, TimestepSchedule placement) {

    /** The level where the last step ends. */
    NoiseLevel end() {
        return placement.last().of(schedule);
    }

    /** Whole timesteps, most noise first. */
    public int[] timesteps(int count) {
        return Arrays.stream(placement.timesteps(steps(), requireCount(count)))
                .mapToInt(t -> (int) Math.rint(t))
                .toArray();
    }

    /** The level at a timestep, or where the last step ends if there is none (below 0). */
    public NoiseLevel levelOrEnd(int timestep) {
        return timestep < 0 ? end() : schedule.level(timestep);
    }

    /** The timesteps between two steps of an evenly strided run: T/N, rounded down. */
    public int stride(int count) {
        return steps() / count;
    }

    /** Levels at the chosen timesteps and the end; fractional timesteps are kept. */
    public List<NoiseLevel> levels(int count) {
        NoiseSchedule finite = schedule.finite();
        List<NoiseLevel> levels = new ArrayList<>();
        for (double timestep : placement.timesteps(steps(), requireCount(count))) {
            levels.add(finite.level(timestep));
        }
        if (placement.sigmas() != SigmaSpacing.TIMESTEPS) {
            double largest = levels.get(0).sigma();
            double smallest = levels.get(levels.size() - 1).sigma();
            levels = new ArrayList<>(placed(placement.sigmas().between(largest, smallest, count)));
        }
        levels.add(end());
        return levels;
    }

    /** Levels for solvers in log-SNR: the first N of N+1 timesteps, or sigmas over the whole schedule; and the end. */
    public List<NoiseLevel> solverLevels(int count) {
        NoiseSchedule finite = schedule.finite();
        List<NoiseLevel> levels = new ArrayList<>();
        if (placement.sigmas() == SigmaSpacing.TIMESTEPS) {
            for (double timestep : placement.beforeLast(steps(), requireCount(count))) {
                levels.add(finite.level(timestep));
            }
        } else {
            double largest = finite.level(steps() - 1).sigma();
            double smallest = finite.level(0).sigma();
            for (NoiseLevel level : placed(placement.sigmas().between(largest, smallest, requireCount(count)))) {
                levels.add(new NoiseLevel(whole(level.timestep()), level.sigma()));
            }
        }
        levels.add(end());
        return levels;
    }

    /** The level halfway between two in log sigma. */
    public NoiseLevel between(NoiseLevel a, NoiseLevel b) {
        double sigma = Math.sqrt(a.sigma() * b.sigma());
        return placed(sigma).get(0);
    }

    private List<NoiseLevel> placed(double... values) {
        NoiseSchedule finite = schedule.finite();
        return Arrays.stream(values)
                .mapToObj(sigma -> new NoiseLevel((float) finite.timestepOf(sigma), sigma))
                .toList();
    }

    /** Published solvers ask the network at whole timesteps: rounded for Karras sigmas, cut for others. */
    private double whole(double timestep) {
        return placement.sigmas() == SigmaSpacing.KARRAS ? Math.rint(timestep) : Math.floor(timestep);
    }

    private int steps() {
        return schedule.steps();
    }

    private int requireCount(int count) {
        if (count < 1 || count > steps()) {
            throw new IllegalArgumentException(count + " steps, but the model knows 1 to " + steps());
        }
        return count;
    }
}
