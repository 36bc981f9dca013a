package io.percolate.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.percolate.files.MemorySize;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.studio.request.Limits;
import io.percolate.studio.server.Binding;
import io.percolate.studio.server.ServerSettings;
import io.percolate.studio.work.Catalogue;
import io.percolate.studio.work.QueueSize;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks: each is refused, and afterwards the server still answers. */
class SafetyTest {

    private static final String TOKEN = "correct-horse-battery";

    @TempDir
    private static Path folder;

    private static RunningStudio open;
    private static RunningStudio closed;

    @BeforeAll
    static void start() throws IOException {
        Path models = Files.createDirectories(folder.resolve("models"));
        Files.writeString(folder.resolve("secret.png"), "secret");
        Files.createDirectories(folder.resolve("runs/mine"));
        Files.writeString(folder.resolve("runs/mine/log.jsonl"), "{\"step\": 1, \"loss\": 2}\n{\"step\": 2, \"lo");
        open = new RunningStudio(settings(Optional.empty(), models));
        closed = new RunningStudio(settings(Optional.of(TOKEN), models));
    }

    private static ServerSettings settings(Optional<String> token, Path models) {
        return new ServerSettings(
                new Binding("127.0.0.1", 0, token),
                new Catalogue(Optional.empty(), Optional.of(models), Optional.of(models), LoadOptions.DEFAULT),
                new ServerSettings.Folders(folder.resolve("gallery"), Optional.of(folder.resolve("runs"))),
                Limits.DEFAULT,
                new ServerSettings.Load(new QueueSize(4, 1), MemorySize.parse("1G")));
    }

    @AfterAll
    static void stop() {
        open.close();
        closed.close();
    }

    @AfterEach
    void bothStillAnswer() {
        assertThat(open.get("/health").statusCode()).isEqualTo(200);
        assertThat(closed.get("/health").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/gallery/..%2Fsecret.png",
                "/api/gallery/%2e%2e/secret.png",
                "/api/gallery/..%5Csecret.png",
                "/images/..%2F..%2Fsecret.png",
                "/assets/..%2Fpackage-info.class",
                "/assets/%2Fetc%2Fpasswd",
                "/api/runs/log?name=../mine",
                "/api/runs/report?name=%2Fetc%2Fpasswd",
                "/api/runs/strip?name=mine%00"
            })
    void noPathLeavesItsFolder(String path) {
        HttpResponse<String> answer = open.get(path);
        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("secret", "root:", folder.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"prompt\": \"a\", \"model\": \"../../etc\"}",
                "{\"prompt\": \"a\", \"model\": \"/etc/passwd\"}",
                "{\"prompt\": \"a\", \"loras\": {\"../secret\": 1}}",
                "{\"prompt\": \"a\", \"steps\": 10000000}",
                "{\"prompt\": \"a\", \"steps\": 0}",
                "{\"prompt\": \"a\", \"count\": 100000}",
                "{\"prompt\": \"a\", \"width\": 100000, \"height\": 100000}",
                "{\"prompt\": \"a\", \"width\": 2147483647, \"height\": 2147483647}",
                "{\"prompt\": \"a\", \"width\": -8, \"height\": 8}",
                "{\"prompt\": \"a\", \"width\": 33, \"height\": 33}",
                "{\"prompt\": \"a\", \"guidance_scale\": NaN}",
                "{\"prompt\": \"a\", \"guidance_scale\": Infinity}",
                "{\"prompt\": \"a\", \"strength\": NaN, \"init_image\": \"bm8=\"}",
                "{\"prompt\": \"a\", \"init_image\": \"not base64!\"}",
                "{\"prompt\": \"a\", \"seed\": 1e300}",
                "{\"prompt\": \"a\", \"prompt\": \"b\"}",
                "{\"prompt\": 7}",
                "[]",
                "{",
                ""
            })
    void whatCannotBeAskedForIsRefusedWithoutPaths(String body) {
        HttpResponse<String> answer = open.post("/api/generate", body);
        assertThat(refusal(answer)).as(answer.body()).isTrue();
        assertThat(answer.body()).doesNotContain(folder.toString(), "Exception", "java.", "\tat ");
    }

    /** What only the model can refuse comes as an event, or as no image at all. */
    private static boolean refusal(HttpResponse<String> answer) {
        return answer.statusCode() == 400 || answer.body().contains("event: error");
    }

    @Test
    void deepJsonIsRefused() {
        String body = "{\"prompt\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertThat(open.post("/api/generate", body).statusCode()).isEqualTo(400);
    }

    @Test
    void anImageThatUnpacksToMoreThanItIsIsRefusedByItsHeader() throws IOException {
        String bomb = Base64.getEncoder().encodeToString(header(30_000, 30_000));
        HttpResponse<String> answer =
                open.post("/api/generate", "{\"prompt\": \"a\", \"init_image\": \"" + bomb + "\"}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("30000x30000");
    }

    /** A PNG that is nothing but the head of so large an image. */
    private static byte[] header(int width, int height) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(chunk);
        data.writeBytes("IHDR");
        data.writeInt(width);
        data.writeInt(height);
        data.write(new byte[] {8, 2, 0, 0, 0});
        CRC32 check = new CRC32();
        check.update(chunk.toByteArray());
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(png);
        out.write(new byte[] {(byte) 137, 'P', 'N', 'G', 13, 10, 26, 10});
        out.writeInt(13);
        out.write(chunk.toByteArray());
        out.writeInt((int) check.getValue());
        return png.toByteArray();
    }

    @Test
    void aBodyOfAGigabyteIsRefusedBeforeItIsRead() throws IOException {
        assertThat(raw(
                        "POST /api/generate HTTP/1.1",
                        "Content-Type: application/json",
                        "Content-Length: 1073741824",
                        "",
                        "{"))
                .contains(" 413 ");
    }

    @Test
    void aFormOfAGigabyteIsRefusedBeforeItIsRead() throws IOException {
        String form = "Content-Type: multipart/form-data; boundary=edge";
        assertThat(raw("POST /v1/images/edits HTTP/1.1", form, "Content-Length: 1073741824", "", "-"))
                .contains(" 413 ");
    }

    @Test
    void aBodyThatDoesNotSayHowLongItIsIsReadUpToTheLimit() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", open.port())) {
            String chunk = "100000\r\n" + " ".repeat(1 << 20) + "\r\n";
            byte[] bytes = chunk.getBytes(StandardCharsets.US_ASCII);
            socket.getOutputStream()
                    .write(head(
                            "POST /api/generate HTTP/1.1",
                            "Content-Type: application/json",
                            "Transfer-Encoding: chunked"));
            int sent = 0;
            try {
                for (; sent < 64; sent++) {
                    socket.getOutputStream().write(bytes);
                }
            } catch (IOException refused) {
                assertThat(sent).isGreaterThan(14);
                return;
            }
            assertThat(answer(socket)).contains(" 413 ");
        }
    }

    @Test
    void floodsOfHeadersAreRefused() throws IOException {
        assertThat(raw("GET /api/models HTTP/1.1", "X-Flood: " + "x".repeat(100_000)))
                .contains(" 431 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "evil.example:7860", "localhost.evil.example", "127.0.0.1.evil.example", ""})
    void namesOfOthersAreRefused(String host) throws IOException {
        assertThat(send("GET /api/models HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .containsAnyOf(" 421 ", " 400 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://evil.example", "null", "http://127.0.0.1", "http://127.0.0.1:1", "http://localhost", "%%"
            })
    void pagesOfOthersMayNotPost(String origin) {
        HttpResponse<String> answer = open.send("/api/generate", request -> request.header("Origin", origin)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"prompt\": \"a\"}")));
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void formsOfOtherSitesMayNotPost() {
        HttpResponse<String> answer =
                open.send("/sdapi/v1/interrupt", request -> request.header("Sec-Fetch-Site", "cross-site")
                        .POST(BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Bearer ", "Bearer wrong", "Bearer correct-horse-batterz", "Basic correct-horse-battery"})
    void withoutTheTokenThereIsNothing(String authorization) {
        for (String path :
                new String[] {"/api/models", "/api/gallery", "/v1/models", "/sdapi/v1/progress", "/metrics", "/docs"}) {
            HttpResponse<String> answer = closed.send(
                    path,
                    request -> authorization.isEmpty() ? request : request.header("Authorization", authorization));
            assertThat(answer.statusCode()).as(path).isEqualTo(401);
        }
    }

    @Test
    void theTokenOpensEverythingAndASessionStandsForIt() {
        assertThat(closed.send("/api/models", request -> request.header("Authorization", "Bearer " + TOKEN))
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> session =
                closed.send("/api/session", request -> request.header("Authorization", "Bearer " + TOKEN)
                        .POST(BodyPublishers.noBody()));
        String cookie = session.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict").doesNotContain(TOKEN);
        assertThat(closed.send("/api/models", request -> request.header("Cookie", cookie.replaceFirst(";.*", "")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(closed.send("/api/session", request -> request.POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void othersCanReachOnlyAServerWithAToken() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Binding("0.0.0.0", 0, Optional.empty()))
                .withMessageContaining("token");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Binding("0.0.0.0", 0, Optional.of("short")))
                .withMessageContaining("16");
    }

    @Test
    void everyAnswerHasAPolicyAndANumber() {
        HttpResponse<String> answer = open.get("/");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Server")).isEmpty();
        assertThat(answer.headers().firstValue("X-Request-Id").orElseThrow()).matches("[0-9a-f]{12}");
        assertThat(answer.body()).doesNotContain("<script>", "onclick", "style=", "https://");
    }

    @Test
    void theLogOfARunIsReadUpToTheLineThatIsBeingWritten() {
        assertThat(RunningStudio.json(open.get("/api/runs/log?name=mine"))
                        .get("loss")
                        .toString())
                .isEqualTo("[[1.0,2.0]]");
    }

    private static String raw(String request, String... headers) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", open.port())) {
            socket.getOutputStream().write(head(request, headers));
            return answer(socket);
        }
    }

    private static byte[] head(String request, String... headers) {
        return (request + "\r\nHost: localhost\r\nConnection: close\r\n" + String.join("\r\n", headers) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String send(String text) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", open.port())) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return answer(socket);
        }
    }

    private static String answer(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        InputStream in = socket.getInputStream();
        return new String(in.readNBytes(200), StandardCharsets.UTF_8);
    }
}
