package io.percolate.studio;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.files.MemorySize;
import io.percolate.studio.request.Limits;
import io.percolate.studio.server.Binding;
import io.percolate.studio.server.ServerSettings;
import io.percolate.studio.work.Catalogue;
import io.percolate.studio.work.QueueSize;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of requests when there are many, or when nobody waits for them any more. */
class QueueTest {

    private static final int WAITING = 3;
    private static final String SHORT =
            "{\"prompt\": \"an owl\", \"steps\": 1, \"seed\": 5, \"response_format\": \"b64_json\"}";
    private static final String CHAIN = "{\"prompt\": \"an owl\", \"steps\": 2, \"seed\": 5, \"guidance_scale\": 3}";
    private static final String LONG = "{\"prompt\": \"an owl\", \"steps\": 150}";

    @TempDir
    private static Path folder;

    private static RunningStudio studio;

    @BeforeAll
    static void start() {
        studio = new RunningStudio(new ServerSettings(
                Binding.LOCAL,
                Catalogue.EMBEDDED,
                new ServerSettings.Folders(folder, Optional.empty()),
                Limits.DEFAULT,
                new ServerSettings.Load(new QueueSize(WAITING, 1), MemorySize.parse("1G"))));
        assertThat(studio.post("/v1/images/generations", SHORT).statusCode()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        studio.close();
    }

    @Test
    void everyAnswerIsTheRightImageOrThatTheQueueIsFull() {
        String expected = image(studio.post("/v1/images/generations", SHORT));
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            answers.add(CompletableFuture.supplyAsync(
                    () -> studio.post("/v1/images/generations", SHORT), task -> new Thread(task).start()));
        }
        List<HttpResponse<String>> all =
                answers.stream().map(CompletableFuture::join).toList();
        assertThat(all).extracting(HttpResponse::statusCode).containsOnly(200, 429);
        assertThat(all)
                .filteredOn(answer -> answer.statusCode() == 200)
                .extracting(QueueTest::image)
                .containsOnly(expected);
        assertThat(all)
                .filteredOn(answer -> answer.statusCode() == 429)
                .allSatisfy(answer -> assertThat(
                                RunningStudio.json(answer).at("/error/position").intValue())
                        .isEqualTo(WAITING + 1))
                .allSatisfy(answer ->
                        assertThat(answer.headers().firstValue("Retry-After")).isPresent());
    }

    @Test
    void clientsThatDisconnectLeaveNoWork() throws IOException, InterruptedException {
        Random random = new Random(7);
        for (int i = 0; i < 12; i++) {
            String path = i % 2 == 0 ? "/api/generate" : "/sdapi/v1/txt2img";
            try (Socket socket = RawRequest.post(studio.port(), path, LONG)) {
                assertThat(socket.isConnected()).isTrue();
                Thread.sleep(random.nextInt(200));
            }
        }
        for (int i = 0; i < 1200 && !isIdle(); i++) {
            Thread.sleep(50);
        }
        assertThat(isIdle()).as(studio.get("/metrics").body()).isTrue();
    }

    /** One byte a second, from several; longer than that they are cut off, which {@code BodyPaceTest} shows. */
    @Test
    void slowSendersHoldUpNobody() throws IOException, InterruptedException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                slow.add(RawRequest.head(studio.port(), "/api/generate", i % 2 == 0 ? 1000 : 1_000_000));
            }
            for (int second = 0; second < 3; second++) {
                for (Socket socket : slow) {
                    socket.getOutputStream().write('{');
                }
                assertThat(studio.post("/v1/images/generations", SHORT).statusCode())
                        .isEqualTo(200);
                Thread.sleep(1000);
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void aBodyThatComesInTwoPartsIsRead() throws IOException, InterruptedException {
        try (Socket socket = RawRequest.head(studio.port(), "/v1/images/generations", SHORT.length())) {
            RawRequest.write(socket, SHORT.substring(0, 9));
            Thread.sleep(1500);
            RawRequest.write(socket, SHORT.substring(9));
            assertThat(RawRequest.firstLine(socket)).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    /** Who asks for events and reads none keeps neither the worker nor others waiting. */
    @Test
    void slowReadersHoldUpNobody() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 2; i++) {
                slow.add(RawRequest.post(studio.port(), "/api/explain", CHAIN));
            }
            assertThat(studio.post("/v1/images/generations", SHORT).statusCode())
                    .isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void anInterruptedGenerationSaysSo() throws InterruptedException {
        CompletableFuture<HttpResponse<String>> answer =
                CompletableFuture.supplyAsync(() -> studio.post("/sdapi/v1/txt2img", LONG));
        for (int i = 0; i < 600 && studio.get("/api/queue").body().contains("\"running\":[]"); i++) {
            Thread.sleep(20);
        }
        for (int i = 0; i < 600 && !answer.isDone(); i++) {
            studio.post("/sdapi/v1/interrupt", "{}");
            Thread.sleep(50);
        }
        assertThat(answer.join().statusCode()).isEqualTo(409);
    }

    @Test
    void aServerThatStopsEndsWhatIsRunning(@TempDir Path other) throws InterruptedException {
        RunningStudio stopping = RunningStudio.embedded(other.resolve("gallery"));
        CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(
                () -> stopping.post("/api/generate", LONG.replace("}", ", \"count\": 16, \"gallery\": true}")));
        for (int i = 0; i < 600 && !stopping.get("/api/queue").body().contains("\"step\":1"); i++) {
            Thread.sleep(20);
        }
        stopping.close();
        assertThat(answer.handle((read, cut) -> cut != null || read.body().contains("event: error"))
                        .join())
                .isTrue();
        assertThat(other).isEmptyDirectory();
    }

    private static boolean isIdle() {
        String metrics = studio.get("/metrics").body();
        return metrics.contains("percolate_jobs_running 0.0") && metrics.contains("percolate_jobs_waiting 0.0");
    }

    private static String image(HttpResponse<String> answer) {
        return RunningStudio.json(answer).at("/data/0/b64_json").textValue();
    }
}
