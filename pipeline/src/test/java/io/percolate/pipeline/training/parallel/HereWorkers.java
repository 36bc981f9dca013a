package io.percolate.pipeline.training.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Workers in this process, one after another; in some rounds one of them dies and another takes its place. */
final class HereWorkers implements Workers, AutoCloseable {

    private final List<Worker> workers = new ArrayList<>();
    private final int killed;
    private final int fatal;
    private IntFunction<Worker> open = index -> null;
    private int count;
    private int rounds;

    private HereWorkers(int killed, int fatal) {
        this.killed = killed;
        this.fatal = fatal;
    }

    static HereWorkers undisturbed() {
        return new HereWorkers(0, 0);
    }

    /** The last worker dies in that round, counted from 1, after it has done its part and before it is heard. */
    static HereWorkers killedIn(int round) {
        return new HereWorkers(round, 0);
    }

    /** The driver dies in that round, after all workers have done their part. */
    static HereWorkers withoutDriverIn(int round) {
        return new HereWorkers(0, round);
    }

    /** Says how {@code wanted} workers are opened, before the first round. */
    void open(IntFunction<Worker> opening, int wanted) {
        open = opening;
        count = wanted;
    }

    @Override
    public RoundSum run(Round round, float[] weights) {
        rounds++;
        while (workers.size() < count) {
            workers.add(open.apply(workers.size()));
        }
        RoundSum sum = new RoundSum();
        for (int i = workers.size() - 1; i >= 0; i--) {
            if (rounds == killed && i == workers.size() - 1) {
                workers.get(i).contribute(round, weights);
                workers.get(i).close();
                workers.set(i, open.apply(i));
            }
            sum = new RoundSum().add(workers.get(i).contribute(round, weights)).merge(sum);
        }
        if (rounds == fatal) {
            throw new IllegalStateException("the driver is killed");
        }
        return sum;
    }

    @Override
    public void close() {
        workers.forEach(Worker::close);
        workers.clear();
    }
}
