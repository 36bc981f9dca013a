package io.percolate.pipeline.training.memory;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.NativeHeap;
import io.percolate.nn.engine.PeakMemory;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.random.RandomStream;
import io.percolate.pipeline.training.session.TrainingTask;

/**
 * What a piece of work takes, measured.
 *
 * @param resident megabytes in use when it begins, without Java's heap ({@link HeapUse})
 * @param peak the most megabytes in use meanwhile, without what Java's heap had at the beginning; 0 where the system
 *     does not tell
 * @param seconds how long it takes
 */
record StepCost(double resident, double peak, double seconds) {

    /** The second step of {@code task}: the first one fills the optimizer's state. */
    static StepCost ofStep(TrainingTask task, Device device) {
        try (NDManager manager = TorchEngine.newManager(device)) {
            Runnable step = () -> Scope.run(() -> task.step(manager, new RandomStream(0)));
            step.run();
            return of(step);
        }
    }

    /** Whatever {@code work} does. */
    static StepCost of(Runnable work) {
        System.gc();
        NativeHeap.trim();
        double heap = HeapUse.committed();
        double resident = PeakMemory.residentMegabytes().orElse(heap) - heap;
        long start = System.nanoTime();
        double peak = PeakMemory.during(work).orElse(heap) - heap;
        return new StepCost(resident, peak, (System.nanoTime() - start) / 1e9);
    }

    /** This and {@code other}, one after the other; this begins. */
    StepCost then(StepCost other) {
        return new StepCost(resident, Math.max(peak, other.peak), seconds + other.seconds);
    }

    /** The same with {@code megabytes} less in use all the time. */
    StepCost without(double megabytes) {
        return new StepCost(resident - megabytes, peak - megabytes, seconds);
    }

    /** What is in use for the work alone. */
    double activations() {
        return Math.max(0, peak - resident);
    }
}
