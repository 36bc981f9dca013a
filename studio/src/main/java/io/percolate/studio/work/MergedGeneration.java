package io.percolate.studio.work;

import io.percolate.files.CancelledException;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationListener;
import io.percolate.pipeline.generation.GenerationRequest;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One generation for several jobs, each of which gets its own steps, previews and image, as if it were alone. It ends
 * early when nobody wants any of the images any more.
 */
final class MergedGeneration implements GenerationListener {

    private final List<Job> jobs;
    private final List<GenerationWork> works;
    private final StepTimer timer = new StepTimer();

    /** Of jobs that join each other. */
    MergedGeneration(List<Job> jobs) {
        this.jobs = jobs;
        works = jobs.stream().map(job -> job.work().single().orElseThrow()).toList();
    }

    /** Makes the images, and hands them over once all are there. */
    void run(Pipeline pipeline) {
        GenerationRequest request = GenerationRequest.joined(
                works.stream().map(GenerationWork::request).toList());
        List<GeneratedImage> images = pipeline.generate(request, this);
        wanted().forEach(i -> jobs.get(i).generated(images.get(i)));
    }

    @Override
    public void stepped(Progress progress) {
        if (wanted().findAny().isEmpty()) {
            throw new CancelledException("all generations of a batch were cancelled");
        }
        JobProgress now = new JobProgress(progress.step(), progress.steps(), timer.seconds());
        wanted().forEach(i -> jobs.get(i).progressed(now));
        if (progress.step() < progress.steps() && watched().findAny().isPresent() && timer.hasTimeForPreviews()) {
            List<BufferedImage> previews = timer.previews(progress.preview());
            watched().forEach(i -> jobs.get(i).previewed(previews.subList(i, i + 1)));
        }
    }

    private IntStream wanted() {
        return IntStream.range(0, jobs.size()).filter(i -> !jobs.get(i).isCancelled());
    }

    private IntStream watched() {
        return wanted().filter(i -> works.get(i).previews());
    }
}
