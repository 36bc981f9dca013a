package io.percolate.cluster.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.cluster.ClusterRun;
import io.percolate.cluster.session.ExecutorProcesses;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.images.ImageFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateTest {

    private static final Path TESTDATA = Path.of(System.getProperty("percolate.testdata"));
    private static final Path PIXELS = TESTDATA.resolve("ddpm-tiny");
    private static final Path TEXT = TESTDATA.resolve("sd1-tiny");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int REQUESTS = 100;

    @TempDir
    private Path folder;

    @Test
    void twoExecutorsOfWhichOneIsKilledGenerateEveryRequestAsTheLibraryDoes() throws Exception {
        Path table = folder.resolve("requests.jsonl");
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            rows.add("{\"seed\": %d, \"size\": \"16x16\", \"steps\": 2}".formatted(i));
        }
        rows.add("{\"steps\": 0}");
        Files.write(table, rows);
        Path out = folder.resolve("out");
        CompletableFuture<Boolean> killed =
                ExecutorProcesses.killWhen(() -> images(out).size() >= REQUESTS / 5);
        ClusterRun run = generate(PIXELS, table, "local-cluster[2,1,512]");
        assertThat(killed.join()).isTrue();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("percolate: row " + (REQUESTS + 1) + ": ");
        List<JsonNode> results = results(out);
        assertThat(results).hasSize(REQUESTS + 1);
        Set<String> paths = new HashSet<>();
        results.subList(0, REQUESTS)
                .forEach(result -> paths.add(result.path("path").asText()));
        assertThat(paths).hasSize(REQUESTS);
        assertThat(images(out)).extracting(Path::toString).hasSize(REQUESTS).allMatch(paths::contains);
        try (Pipeline pipeline = Pipeline.load(PIXELS)) {
            for (int i = 0; i < REQUESTS; i += 4) {
                assertThat(image(results.get(i)))
                        .isEqualTo(alone(
                                pipeline,
                                GenerationRequest.of().seed(i).size(16, 16).steps(2)));
            }
        }
        Set<Long> times = times(out);
        generate(PIXELS, table, "local[1]");
        assertThat(times(out)).isEqualTo(times);
    }

    @Test
    void aRequestSaysWhatTheCommandLineSays() throws IOException {
        Path table = folder.resolve("requests.csv");
        Files.writeString(
                table,
                """
                prompt,negative,seed,size,steps,guidance,sampler
                "a red apple, cut",blurry,7,32x64,3,4.5,euler
                a pear,,,,2,,
                """);
        assertThat(generate(TEXT, table, "local[1]").exitCode()).isZero();
        List<JsonNode> results = results(folder.resolve("out"));
        String url = folder.resolve("hadoop").toUri().toString();
        assertThat(ClusterRun.of("generate", "--model", TEXT, "--requests", table, "--out", url, "--master", "local[1]")
                        .exitCode())
                .isZero();
        assertThat(files(folder.resolve("hadoop"))).isEqualTo(files(folder.resolve("out")));
        try (Pipeline pipeline = Pipeline.load(TEXT)) {
            assertThat(image(results.get(0)))
                    .isEqualTo(alone(
                            pipeline,
                            GenerationRequest.of("a red apple, cut")
                                    .negativePrompt("blurry")
                                    .seed(7)
                                    .size(32, 64)
                                    .steps(3)
                                    .guidanceScale(4.5)
                                    .sampler(SamplerKind.EULER)));
            assertThat(image(results.get(1)))
                    .isEqualTo(alone(
                            pipeline, GenerationRequest.of("a pear").seed(2).steps(2)));
        }
    }

    @Test
    void tablesOfEveryKindHaveTheSameRequests() throws IOException {
        Path lines = folder.resolve("a.jsonl");
        Files.writeString(lines, "{\"prompt\": \"a, b\", \"seed\": 7, \"guidance\": 1.5}\n\n{\"prompt\": \"c\"}\n");
        Path csv = folder.resolve("a.csv");
        Files.writeString(csv, "prompt,seed,guidance\n\"a, b\",7,1.5\nc,,\n");
        Path parquet = folder.resolve("a.parquet");
        try (SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", false)
                .getOrCreate()) {
            spark.read().json(lines.toString()).coalesce(1).write().parquet(parquet.toString());
        }
        List<ImageRequest> requests = RequestTable.read(lines.toString());
        assertThat(requests).extracting(ImageRequest::seed).containsExactly(7L, 2L);
        assertThat(RequestTable.read(csv.toUri().toString())).isEqualTo(requests);
        assertThat(RequestTable.read(parquet.toString())).isEqualTo(requests);
    }

    @Test
    void aRowThatIsWrongIsNamed() throws IOException {
        for (Map.Entry<String, String> wrong : Map.of(
                        "{\"promt\": \"a\"}", "no request has a promt",
                        "{\"steps\": \"few\"}", "steps 'few' is no such number",
                        "{\"sampler\": \"best\"}", "no sampler is called 'best'",
                        "{\"size\": \"large\"}", "is no size")
                .entrySet()) {
            Path table = folder.resolve("wrong.jsonl");
            Files.writeString(table, "{\"prompt\": \"a\"}\n" + wrong.getKey());
            assertThatThrownBy(() -> RequestTable.read(table.toString()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("row 2: ", wrong.getValue());
        }
    }

    @Test
    void aDryRunTellsPartitionsBytesAndMemory() throws IOException {
        Path table = folder.resolve("requests.csv");
        Files.writeString(table, "prompt,size\na,16x16\nb,32x16\n");
        ClusterRun run = ClusterRun.of(
                "generate",
                "--json",
                "--dry-run",
                "--model",
                TEXT,
                "--requests",
                table,
                "--out",
                folder.resolve("out"),
                "--requests-per-task",
                1,
                "--master",
                "yarn");
        JsonNode forecast = JSON.readTree(run.out());
        assertThat(forecast.path("partitions").asInt()).isEqualTo(2);
        assertThat(forecast.path("bytes").asInt()).isEqualTo(3 * (16 * 16 + 32 * 16));
        assertThat(forecast.path("executor_heap").asText()).isEqualTo("1024m");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private ClusterRun generate(Path model, Path table, String master) {
        return ClusterRun.of(
                "generate", "--model", model, "--requests", table, "--out", folder.resolve("out"), "--master", master);
    }

    private static byte[] image(JsonNode result) throws IOException {
        return Files.readAllBytes(Path.of(result.path("path").asText()));
    }

    private static byte[] alone(Pipeline pipeline, GenerationRequest.Builder request) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        pipeline.generate(request.build()).get(0).write(png, ImageFormat.PNG);
        return png.toByteArray();
    }

    /** The images in a folder by name, and what else is there. */
    private static Map<String, Integer> files(Path folder) throws IOException {
        Map<String, Integer> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                boolean image = file.toString().endsWith(".png");
                files.put(file.getFileName().toString(), image ? Arrays.hashCode(Files.readAllBytes(file)) : 0);
            }
        }
        return files;
    }

    private static List<JsonNode> results(Path out) throws IOException {
        List<JsonNode> results = new ArrayList<>();
        for (String line : Files.readAllLines(out.resolve("results.jsonl"))) {
            results.add(JSON.readTree(line));
        }
        return results;
    }

    private static Set<Long> times(Path out) {
        Set<Long> times = new HashSet<>();
        images(out).forEach(image -> times.add(image.toFile().lastModified()));
        return times;
    }

    private static List<Path> images(Path out) {
        if (!Files.isDirectory(out)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(out)) {
            return files.filter(file -> file.toString().endsWith(".png")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
