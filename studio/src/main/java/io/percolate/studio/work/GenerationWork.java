package io.percolate.studio.work;

import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationListener;
import io.percolate.pipeline.generation.GenerationRequest;

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

    /** Tells a job of steps, previews and images. */
    private static final class Reporter implements GenerationListener {

        /** The part of the time that may go into previews, whose decoding is no step towards the image. */
        private static final double PREVIEW_SHARE = 0.3;

        private final Job job;
        private final boolean previews;
        private final long began = System.nanoTime();
        private double inPreviews;

        Reporter(Job job, boolean previews) {
            this.job = job;
            this.previews = previews;
        }

        @Override
        public void stepped(Progress progress) {
            job.stepped(new JobProgress(progress.step(), progress.steps(), seconds()));
            if (previews && progress.step() < progress.steps() && inPreviews <= PREVIEW_SHARE * seconds()) {
                double before = seconds();
                job.previewed(progress.preview().get());
                inPreviews += seconds() - before;
            }
        }

        @Override
        public void generated(GeneratedImage image) {
            job.generated(image);
        }

        private double seconds() {
            return (System.nanoTime() - began) / 1e9;
        }
    }
}
