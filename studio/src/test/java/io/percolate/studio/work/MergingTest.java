package io.percolate.studio.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.conditioning.prompts.PromptSyntax;
import io.percolate.files.CancelledException;
import io.percolate.files.MemorySize;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.studio.http.Answers;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests that wait while something else runs, up to three of which are generated at once. */
class MergingTest {

    private static final ModelChoice MODEL = new ModelChoice("embedded", List.of());

    private static WorkQueues queues;
    private static LoadedModels models;
    private static Pipeline pipeline;

    @BeforeAll
    static void load() {
        models = new LoadedModels(Catalogue.EMBEDDED, MemorySize.parse("1G"));
        queues = new WorkQueues(Catalogue.EMBEDDED, models, new QueueSize(8, 3));
        pipeline = Pipeline.embedded();
    }

    @AfterAll
    static void close() {
        models.close();
        pipeline.close();
    }

    @Test
    void requestsThatDifferInPromptsAndSeedsRunAtOnceAndGiveTheImagesOfTheirSeeds() throws InterruptedException {
        List<Client> clients =
                clients(request("an owl", 1), request("a red apple", 2), request("", 3), request("a dog", 4));
        runAfterEachOther(clients);
        assertThat(clients).extracting(client -> client.atOnce).containsExactly(3, 3, 3, 1);
        assertThat(clients).allSatisfy(client -> {
            assertThat(client.pngs)
                    .containsExactly(
                            Answers.png(pipeline.generate(client.work.request()).get(0)));
            assertThat(client.progress.get(client.progress.size() - 1).step()).isEqualTo(2);
            assertThat(client.previews).allSatisfy(count -> assertThat(count).isEqualTo(1));
            assertThat(client.previews).isNotEmpty();
        });
    }

    @Test
    void requestsThatDifferInMoreRunAlone() throws InterruptedException {
        List<Client> clients = clients(
                request("an owl", 1),
                request("an owl", 1).steps(1),
                request("an owl", 1).size(64, 64),
                request("an owl", 1).count(2),
                request("an owl", 1).syntax(PromptSyntax.WEIGHTED));
        runAfterEachOther(clients);
        assertThat(clients).extracting(client -> client.atOnce).containsOnly(1);
    }

    @Test
    void whoeverLeavesTakesNobodyAlong() throws InterruptedException {
        List<Client> clients = clients(request("an owl", 1), request("a red apple", 2));
        clients.get(0).leaves = true;
        long cancelled = queues.statistics().counts().cancelled();
        runAfterEachOther(clients);
        assertThat(clients.get(0).pngs).isEmpty();
        assertThat(clients.get(1).pngs).hasSize(1);
        assertThat(queues.statistics().counts().cancelled()).isEqualTo(cancelled + 1);
    }

    @Test
    void whoeverIsGoneBeforeTheFirstAnswerLeavesNoWork() throws InterruptedException {
        List<Client> clients = clients(request("an owl", 1).steps(150));
        clients.get(0).isGone = true;
        long cancelled = queues.statistics().counts().cancelled();
        runAfterEachOther(clients);
        requireCancelled(cancelled + 1);
    }

    @Test
    void whenAllHaveLeftTheGenerationEnds() throws InterruptedException {
        List<Client> clients = clients(
                request("an owl", 1).steps(150), request("a red apple", 2).steps(150));
        clients.forEach(client -> client.leaves = true);
        long cancelled = queues.statistics().counts().cancelled();
        runAfterEachOther(clients);
        requireCancelled(cancelled + 2);
    }

    private static void requireCancelled(long count) throws InterruptedException {
        for (int i = 0; i < 600 && queues.statistics().counts().cancelled() < count; i++) {
            Thread.sleep(20);
        }
        assertThat(queues.statistics().counts().cancelled()).isEqualTo(count);
    }

    @Test
    void whatFailsTogetherFailsForEachWithItsOwnReason() throws InterruptedException {
        List<Client> clients = clients(
                request("an owl", 1).size(100, 100), request("a red apple", 2).size(100, 100));
        runAfterEachOther(clients);
        assertThat(clients)
                .allSatisfy(client -> assertThat(client.failure).isInstanceOf(IllegalArgumentException.class));
    }

    private static GenerationRequest.Builder request(String prompt, long seed) {
        return GenerationRequest.of(prompt)
                .negativePrompt("not " + seed)
                .seed(seed)
                .steps(2);
    }

    private static List<Client> clients(GenerationRequest.Builder... requests) {
        return Arrays.stream(requests)
                .map(request -> new Client(new GenerationWork(request.build(), true)))
                .toList();
    }

    /** Holds up the worker until all wait in their order, and then waits for all answers. */
    private static void runAfterEachOther(List<Client> clients) throws InterruptedException {
        CountDownLatch allWait = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        threads.add(started(() -> queues.run(MODEL, (unused, job) -> await(allWait), new JobListener() {})));
        while (queues.running().isEmpty()) {
            Thread.sleep(5);
        }
        for (int i = 0; i < clients.size(); i++) {
            threads.add(started(clients.get(i)::run));
            while (queues.waiting().get("embedded") <= i) {
                Thread.sleep(5);
            }
        }
        allWait.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static Thread started(Runnable task) {
        Thread thread = new Thread(task);
        thread.start();
        return thread;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new CancelledException("interrupted");
        }
    }

    /** One request and what it was told. */
    private static final class Client implements JobListener {

        private final GenerationWork work;
        private final List<JobProgress> progress = new ArrayList<>();
        private final List<Integer> previews = new ArrayList<>();
        private final List<byte[]> pngs = new ArrayList<>();
        private boolean isGone;
        private boolean leaves;
        private int atOnce;
        private Throwable failure;

        Client(GenerationWork work) {
            this.work = work;
        }

        void run() {
            try {
                queues.run(MODEL, work, this);
            } catch (RuntimeException e) {
                failure = e;
            }
        }

        @Override
        public void waiting(int position) {
            if (isGone) {
                throw new IllegalStateException("gone");
            }
        }

        @Override
        public void stepped(JobProgress now) {
            progress.add(now);
            atOnce = Math.max(atOnce, queues.running().size());
            if (leaves) {
                throw new IllegalStateException("gone");
            }
        }

        @Override
        public void previewed(List<BufferedImage> now) {
            previews.add(now.size());
        }

        @Override
        public void generated(int index, GeneratedImage image) {
            pngs.add(Answers.png(image));
        }
    }
}
