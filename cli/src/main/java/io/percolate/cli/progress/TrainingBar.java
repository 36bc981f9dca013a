package io.percolate.cli.progress;

import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingProgress;
import io.percolate.pipeline.training.session.TrainingResult;

/** A progress bar over the budget of a training, with the mean loss of the last steps, the speed and the time left. */
public final class TrainingBar implements TrainingListener, AutoCloseable {

    private static final int UPDATE_MILLISECONDS = 2000;
    private static final int STEPS_OF_MEAN = 25;

    private Bar bar;
    private int steps;
    private double loss;
    private TimeLeft timeLeft = new TimeLeft();

    @Override
    public void stepped(TrainingProgress progress) {
        if (bar == null) {
            bar = new Bar("training", UPDATE_MILLISECONDS);
            steps = 0;
            timeLeft = new TimeLeft();
        }
        steps++;
        loss += (progress.loss() - loss) / Math.min(steps, STEPS_OF_MEAN);
        bar.at(progress.spent(), details(progress, loss, timeLeft.at(progress.seconds(), progress.spent())));
    }

    static String details(TrainingProgress progress, double loss, String timeLeft) {
        return "step %,d, loss %.4f, %.1f images/s, %s"
                .formatted(progress.step(), loss, progress.values().get("images_per_second"), timeLeft);
    }

    @Override
    public void finished(TrainingResult result) {
        close();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
