package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationListener;
import io.percolate.pipeline.generation.GenerationRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An image depends on its request and its seed, and on nothing around it. */
class ThreadsTest {

    private static final int THREADS = 16;

    private static Pipeline pipeline;

    @BeforeAll
    static void load() {
        pipeline = Pipeline.load(TestFolders.DATA.resolve("sd1-tiny"));
    }

    @AfterAll
    static void close() {
        pipeline.close();
    }

    @Test
    void sixteenThreadsDrawWhatOneDraws() throws InterruptedException, ExecutionException {
        List<List<Integer>> alone =
                LongStream.range(0, THREADS).mapToObj(ThreadsTest::draw).toList();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<List<Integer>>> images = new ArrayList<>();
            LongStream.range(0, THREADS).forEach(seed -> images.add(threads.submit(() -> draw(seed))));
            for (int seed = 0; seed < THREADS; seed++) {
                assertThat(images.get(seed).get()).as("image of seed " + seed).isEqualTo(alone.get(seed));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Sums of another batch size are taken in another order: a value may round the other way. */
    @Test
    void aSeedDrawsTheSameImageInABatchAsAlone() {
        List<GeneratedImage> batch = pipeline.generate(request(5).count(3).build());
        for (GeneratedImage image : batch) {
            List<Integer> alone = draw(image.seed());
            List<Integer> together = pixels(image);
            for (int i = 0; i < alone.size(); i++) {
                for (int shift = 0; shift < 24; shift += 8) {
                    assertThat(alone.get(i) >> shift & 0xff)
                            .as("value of pixel " + i + " of seed " + image.seed())
                            .isCloseTo(together.get(i) >> shift & 0xff, within(1));
                }
            }
        }
    }

    @Test
    void closingWaitsForImagesUnderWayAndRefusesLaterOnes() throws InterruptedException, ExecutionException {
        Pipeline closing = Pipeline.load(TestFolders.DATA.resolve("sd1-tiny"));
        CountDownLatch drawing = new CountDownLatch(1);
        CompletableFuture<Integer> images = CompletableFuture.supplyAsync(
                () -> closing.generate(request(1).steps(20).build(), stepped(drawing::countDown))
                        .size());
        drawing.await();
        closing.close();
        assertThat(images.get()).isEqualTo(1);
        assertThatThrownBy(() -> closing.generate("an apple"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("this pipeline is closed");
        closing.close();
    }

    @Test
    void aListenerCannotCloseWhatItWatches() {
        assertThatThrownBy(() -> pipeline.generate(request(1).build(), stepped(pipeline::close)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cancel, and close afterwards");
    }

    private static GenerationListener stepped(Runnable action) {
        return new GenerationListener() {
            @Override
            public void stepped(Progress progress) {
                action.run();
            }
        };
    }

    private static List<Integer> draw(long seed) {
        return pixels(pipeline.generate(request(seed).build()).get(0));
    }

    private static GenerationRequest.Builder request(long seed) {
        return GenerationRequest.of("a red apple").steps(2).size(32, 32).seed(seed);
    }

    private static List<Integer> pixels(GeneratedImage image) {
        int width = image.image().getWidth();
        int height = image.image().getHeight();
        List<Integer> pixels = new ArrayList<>();
        for (int rgb : image.image().getRGB(0, 0, width, height, null, 0, width)) {
            pixels.add(rgb);
        }
        return pixels;
    }
}
