package io.percolate.cli.progress;

import io.percolate.command.progress.Bar;
import io.percolate.pipeline.training.session.Activity;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingProgress;
import io.percolate.pipeline.training.session.TrainingResult;

/**
 * A progress bar over the budget of a training, with the mean loss of the last steps, the speed and the time left. What
 * is done between the steps is said in the same line, what is done before them has a bar of its own.
 */
public final class TrainingBar implements TrainingListener, AutoCloseable {

    private static final String TRAINING = "training";
    private static final int UPDATE_MILLISECONDS = 1000;
    private static final int STEPS_OF_MEAN = 25;

    private Bar bar;
    private int steps;
    private double loss;
    private double spent;
    private TimeLeft timeLeft = new TimeLeft();
    private long begun;

    @Override
    public void busy(Activity activity, long done, long total) {
        if (bar != null && bar.name().equals(TRAINING)) {
            bar.at(spent, between(activity, done, total));
        } else {
            show(activity.toString());
            double share = total == 0 ? 0 : (double) done / total;
            bar.at(share, counted(done, total) + (share == 0 ? "" : ", " + timeLeft.at(seconds(), share)));
        }
    }

    /** What is said between two steps. */
    static String between(Activity activity, long done, long total) {
        return (activity + " " + counted(done, total)).strip();
    }

    private static String counted(long done, long total) {
        return total == 0 ? "" : "%,d of %,d".formatted(done, total);
    }

    @Override
    public void stepped(TrainingProgress progress) {
        show(TRAINING);
        steps++;
        loss += (progress.loss() - loss) / Math.min(steps, STEPS_OF_MEAN);
        spent = progress.spent();
        bar.at(spent, details(progress, loss, timeLeft.at(progress.seconds(), spent)));
    }

    static String details(TrainingProgress progress, double loss, String timeLeft) {
        return "step %,d, loss %.4f, %.1f images/s, %s"
                .formatted(progress.step(), loss, progress.values().get("images_per_second"), timeLeft);
    }

    private void show(String name) {
        if (bar == null || !bar.name().equals(name)) {
            close();
            bar = new Bar(name, UPDATE_MILLISECONDS);
            steps = 0;
            timeLeft = new TimeLeft();
            begun = System.nanoTime();
        }
    }

    private double seconds() {
        return (System.nanoTime() - begun) / 1e9;
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
