package io.percolate.studio.work;

import io.percolate.files.CancelledException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs jobs with their model, counts them, and tells each how it ended. */
final class JobRunner {

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    private final LoadedModels models;
    private final WorkStatistics statistics;

    JobRunner(LoadedModels models, WorkStatistics statistics) {
        this.models = models;
        this.statistics = statistics;
    }

    /** Runs one job, or several that join each other; what fails together is tried alone. */
    void run(List<Job> jobs) {
        if (jobs.size() == 1 || !ranTogether(jobs)) {
            jobs.forEach(this::runAlone);
        }
    }

    private boolean ranTogether(List<Job> jobs) {
        long began = System.nanoTime();
        try {
            models.use(jobs.get(0).model(), new MergedGeneration(jobs)::run);
        } catch (RuntimeException | Error failure) {
            LOG.debug("a batch of {} requests failed", jobs.size(), failure);
            return false;
        }
        double secondsEach = seconds(began) / jobs.size();
        jobs.forEach(job -> end(job, cancellation(job), secondsEach));
        return true;
    }

    /** A job without an image was cancelled while others of its batch were not. */
    private static Optional<Throwable> cancellation(Job job) {
        return job.images() == 0
                ? Optional.of(new CancelledException("the generation was cancelled"))
                : Optional.empty();
    }

    private void runAlone(Job job) {
        long began = System.nanoTime();
        Optional<Throwable> failure = Optional.empty();
        try {
            job.requireWanted();
            models.use(job.model(), pipeline -> job.work().run(pipeline, job));
        } catch (RuntimeException | Error thrown) { // whoever follows the job decides what to make of it
            failure = Optional.of(thrown);
        }
        end(job, failure, seconds(began));
    }

    private void end(Job job, Optional<Throwable> failure, double seconds) {
        statistics.ended(failure, job.images(), seconds);
        job.ended(failure);
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
