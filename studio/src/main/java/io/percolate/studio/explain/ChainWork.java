package io.percolate.studio.explain;

import ai.djl.ndarray.NDArray;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationListener;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.studio.work.ChainFrame;
import io.percolate.studio.work.Job;
import io.percolate.studio.work.JobProgress;
import io.percolate.studio.work.Work;
import java.awt.image.BufferedImage;

/**
 * Takes the noise of one seed to an image, with guidance and then without.
 *
 * @param guided the request with guidance
 * @param unguided the same without
 */
record ChainWork(GenerationRequest guided, GenerationRequest unguided) implements Work {

    @Override
    public void run(Pipeline pipeline, Job job) {
        long began = System.nanoTime();
        pipeline.generate(guided, new Chain(job, true, began));
        pipeline.generate(unguided, new Chain(job, false, began));
    }

    /** Tells a job of one of the two; steps of both count. */
    private static final class Chain implements GenerationListener {

        private final Job job;
        private final boolean isGuided;
        private final long began;

        Chain(Job job, boolean isGuided, long began) {
            this.job = job;
            this.isGuided = isGuided;
            this.began = began;
        }

        @Override
        public void started(NDArray noise) {
            BufferedImage colours = LatentColours.of(noise);
            job.explained(new ChainFrame(isGuided, 0, Double.NaN, colours, colours, colours));
        }

        @Override
        public void stepped(Progress progress) {
            Latents latents = progress.latents();
            job.explained(new ChainFrame(
                    isGuided,
                    progress.step(),
                    progress.timestep(),
                    LatentColours.of(latents.noisy()),
                    LatentColours.of(latents.predicted()),
                    progress.preview().get().get(0)));
            int before = isGuided ? 0 : progress.steps();
            double seconds = (System.nanoTime() - began) / 1e9;
            job.stepped(new JobProgress(before + progress.step(), 2 * progress.steps(), seconds));
        }

        @Override
        public void generated(GeneratedImage image) {
            job.generated(image);
        }
    }
}
