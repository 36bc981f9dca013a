package io.percolate.pipeline.training.session;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.random.RandomSource;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.Batches;
import io.percolate.pipeline.data.MeasuredBatches;
import io.percolate.pipeline.data.Position;
import java.util.Map;

/** One network with its data and its loss: what every step of a training needs. */
public interface TrainingSteps extends AutoCloseable {

    /** What is trained, by the names that checkpoints use. */
    Map<String, Parameter> parameters();

    /** Goes to the place in the data where a session begins. */
    void begin(Position start);

    /** The place in the data where the next step takes its images from. */
    Position position();

    /**
     * Takes the next images, and one optimisation step. The same step gives the same result after a resume: images
     * depend on the position, and all else on {@code random}.
     *
     * @param manager owns the images
     */
    StepResult step(NDManager manager, RandomSource random);

    /** Seconds that steps of this session waited for their images. */
    double waitedSeconds();

    @Override
    void close();

    /** Steps on batches of images, one after the other. Not thread-safe. */
    abstract class OnBatches implements TrainingSteps {

        private MeasuredBatches batches;

        /** The batches from {@code start} on, closed with this or when others begin. */
        protected abstract Batches batches(Position start);

        /** One optimisation step on {@code batch}, which is closed afterwards. */
        protected abstract StepResult step(Batch batch, RandomSource random);

        @Override
        public final void begin(Position start) {
            closeBatches();
            batches = new MeasuredBatches(batches(start), start);
        }

        @Override
        public final Position position() {
            return batches.position();
        }

        @Override
        public final StepResult step(NDManager manager, RandomSource random) {
            try (Batch batch = batches.next(manager)) {
                return step(batch, random);
            }
        }

        @Override
        public final double waitedSeconds() {
            return batches.waitedSeconds();
        }

        private void closeBatches() {
            if (batches != null) {
                batches.close();
            }
        }

        @Override
        public void close() {
            closeBatches();
        }
    }
}
