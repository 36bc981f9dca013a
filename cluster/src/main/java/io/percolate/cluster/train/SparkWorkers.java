package io.percolate.cluster.train;

import io.percolate.cluster.session.ClusterSession;
import io.percolate.cluster.session.Held;
import io.percolate.pipeline.training.SharedDiffusion;
import io.percolate.pipeline.training.parallel.Contribution;
import io.percolate.pipeline.training.parallel.ParallelTrainer;
import io.percolate.pipeline.training.parallel.Round;
import io.percolate.pipeline.training.parallel.RoundSum;
import io.percolate.pipeline.training.parallel.Worker;
import io.percolate.pipeline.training.parallel.WorkerSetup;
import io.percolate.pipeline.training.parallel.Workers;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;

/**
 * Workers in the executors of a cluster. A process keeps the worker that it was last; Spark sends each worker's tasks to
 * the process that has its number in memory, and to another one if that is gone.
 */
final class SparkWorkers implements Workers {

    private static final Held<Place, Worker> WORKER = new Held<>(Place::open, Worker::close);

    private final ClusterSession session;
    private final WorkerSetup setup;
    private final JavaRDD<Integer> indices;

    SparkWorkers(ClusterSession session, WorkerSetup setup) {
        this.session = session;
        this.setup = setup;
        List<Integer> all = IntStream.range(0, setup.plan().workers()).boxed().toList();
        indices = session.tasks(all).cache();
    }

    @Override
    public RoundSum run(Round round, float[] weights) {
        Broadcast<float[]> sent = session.context().broadcast(weights);
        WorkerSetup training = setup;
        try {
            return indices.treeAggregate(
                    new RoundSum(),
                    (sum, index) -> sum.add(contribution(new Place(training, index), round, sent)),
                    RoundSum::merge);
        } finally {
            sent.destroy();
        }
    }

    private static Contribution contribution(Place place, Round round, Broadcast<float[]> weights) {
        return WORKER.get(place).contribute(round, weights.value());
    }

    /** Which worker of which training. */
    private record Place(WorkerSetup setup, int index) {

        Worker open() {
            return ParallelTrainer.worker(SharedDiffusion.join(setup), setup.plan(), index);
        }
    }
}
