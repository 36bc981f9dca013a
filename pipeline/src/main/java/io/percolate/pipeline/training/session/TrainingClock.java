package io.percolate.pipeline.training.session;

import ai.djl.Device;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.regex.Pattern;

/** What the minutes of a training are counted by. */
public enum TrainingClock {

    /** Time that passes. */
    WALL {
        @Override
        public double seconds() {
            return System.nanoTime() / 1e9;
        }

        @Override
        public String words() {
            return "wall-clock time";
        }

        @Override
        void requireCounts(Device device) {}
    },

    /**
     * Processor time of this process, divided by the threads that it computes with: what else a machine does does not
     * take any of it.
     */
    PROCESSOR {
        @Override
        public double seconds() {
            return SYSTEM.getProcessCpuTime() / 1e9 / THREADS;
        }

        @Override
        public String words() {
            return THREADS == 1 ? "processor time on 1 thread" : "processor time on " + THREADS + " threads";
        }

        @Override
        void requireCounts(Device device) {
            if (device.isGpu()) {
                throw new IllegalArgumentException(
                        "the clock processor does not count what " + device + " computes: take the clock wall");
            }
        }
    };

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,3}");
    private static final int THREADS = threads(
            System.getenv().getOrDefault("OMP_NUM_THREADS", ""),
            Runtime.getRuntime().availableProcessors());

    /** Seconds since some moment, which is the same as long as the process runs. */
    public abstract double seconds();

    /** What it counts, in words. */
    public abstract String words();

    /** Fails if a training on {@code device} takes time that this does not count. */
    abstract void requireCounts(Device device);

    /** The threads that compute at once, where {@code OMP_NUM_THREADS} says {@code wanted}. */
    static int threads(String wanted, int processors) {
        return COUNT.matcher(wanted).matches() ? Math.min(Integer.parseInt(wanted), processors) : processors;
    }
}
