package io.percolate.studio.work;

import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationListener;
import io.percolate.pipeline.generation.GenerationRequest;
import java.util.Optional;

/**
 * Generates the images of a request.
 *
 * @param request what is asked for
 * @param previews whether to tell how the images are predicted to become
 */
public record GenerationWork(GenerationRequest request, boolean previews) implements Work {

    @Override
    public void run(Pipeline pipeline, Job job) {
        pipeline.generate(request, new Reporter(job, previews));
    }

    @Override
    public Optional<GenerationWork> single() {
        return request.imageCount() == 1 ? Optional.of(this) : Optional.empty();
    }

    /** Whether one generation can make the images of both. */
    boolean joins(GenerationWork other) {
        return request.joins(other.request);
    }

    /** Tells a job of steps, previews and images. */
    private static final class Reporter implements GenerationListener {

        private final Job job;
        private final boolean previews;
        private final StepTimer timer = new StepTimer();

        Reporter(Job job, boolean previews) {
            this.job = job;
            this.previews = previews;
        }

        @Override
        public void stepped(Progress progress) {
            job.stepped(new JobProgress(progress.step(), progress.steps(), timer.seconds()));
            if (previews && progress.step() < progress.steps() && timer.hasTimeForPreviews()) {
                job.previewed(timer.previews(progress.preview()));
            }
        }

        @Override
        public void generated(GeneratedImage image) {
            job.generated(image);
        }
    }
}
