package io.percolate.pipeline.comparison;

import io.percolate.files.CancelledException;
import io.percolate.pipeline.training.session.Activity;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingProgress;
import io.percolate.pipeline.training.session.TrainingResult;
import java.nio.file.Path;

/** Stops a training when a part of its budget is used up: it goes on in another session. */
final class PausingListener implements TrainingListener {

    private final TrainingListener watched;
    private final double share;
    private boolean reached;

    /** Stops at {@code share}, 0 to 1; {@code watched} hears of everything but the pause. */
    PausingListener(TrainingListener watched, double share) {
        this.watched = watched;
        this.share = share;
    }

    @Override
    public void busy(Activity activity, long done, long total) {
        watched.busy(activity, done, total);
    }

    @Override
    public void stepped(TrainingProgress progress) {
        watched.stepped(progress);
        if (progress.spent() >= share && progress.spent() < 1) {
            reached = true;
            progress.stop();
        }
    }

    @Override
    public void saved(long step, Path run) {
        watched.saved(step, run);
    }

    @Override
    public void finished(TrainingResult result) {
        if (result.finished()) {
            watched.finished(result);
        }
    }

    /**
     * What the training did, if it came as far as it should.
     *
     * @throws CancelledException if it was stopped before
     */
    TrainingResult complete(TrainingResult result) {
        if (!result.finished() && !reached) {
            throw new CancelledException("stopped while training: the same command goes on");
        }
        return result;
    }
}
