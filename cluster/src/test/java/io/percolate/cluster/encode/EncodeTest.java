package io.percolate.cluster.encode;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.cluster.ClusterRun;
import io.percolate.cluster.session.ExecutorProcesses;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.LoaderConfig;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.space.LatentStorage;
import io.percolate.pipeline.training.space.TrainingSpace;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodeTest {

    private static final Path VAE = Path.of(System.getProperty("percolate.testdata"), "sd1-tiny", "vae");
    private static final int SIDE = 16;
    private static final String TWO = "local-cluster[2,1,512]";

    @TempDir
    private Path folder;

    @Test
    void twoExecutorsOfWhichOneIsKilledFillTheCacheThatOneMachineFills() throws Exception {
        images(2000);
        Files.writeString(folder.resolve("data/broken.png"), "no image");
        Path cache = folder.resolve("cache");
        CompletableFuture<Boolean> killed =
                ExecutorProcesses.killWhen(() -> shards(cache).size() >= 8);
        JsonNode report = encode(cache, TWO);
        assertThat(killed.join()).isTrue();
        assertThat(report.path("encoded").asInt()).isEqualTo(2000);
        assertThat(report.path("broken").toString()).contains("broken.png", "is not a PNG");
        Map<String, float[]> latents = latents(cache);
        assertThat(latents).hasSize(2000);
        Map<String, float[]> alone = encodedByOneMachine();
        assertThat(latents.keySet()).isEqualTo(alone.keySet());
        latents.forEach((name, values) -> assertThat(values).as(name).isEqualTo(alone.get(name)));
        assertThat(encode(cache, "local[1]").path("shards").asInt()).isZero();
        assertThat(missingOfATraining(cache)).isZero();
    }

    @Test
    void aDryRunTellsPartitionsBytesAndMemory() throws Exception {
        images(10);
        ClusterRun run = run(folder.resolve("cache"), "local[1]", "--dry-run");
        JsonNode forecast = new ObjectMapper().readTree(run.out());
        assertThat(forecast.path("partitions").asInt()).isEqualTo(1);
        assertThat(forecast.path("bytes").asLong()).isEqualTo(10 * 2 * 4 * 2 * 2 * 2);
        assertThat(forecast.path("native_megabytes_of_a_task").asInt()).isPositive();
        assertThat(folder.resolve("cache")).doesNotExist();
    }

    @Test
    void aTableOfImagesIsEncodedAsTheirFolder() throws Exception {
        images(3);
        Files.writeString(folder.resolve("table.csv"), "file_name,text\ndata/0002.png,a b\ndata/0000.png,\n");
        Files.writeString(
                folder.resolve("table.jsonl"), "{\"file_name\": \"data/0001.png\", \"text\": [\"a\", \"b\"]}\n");
        assertThat(ImageTable.read(folder.resolve("table.jsonl"))
                        .entries()
                        .get(0)
                        .captions())
                .containsExactly("a", "b");
        for (String data : List.of("table.csv", "table.jsonl")) {
            ClusterRun run = ClusterRun.of(
                    "encode",
                    "--data",
                    folder.resolve(data),
                    "--vae",
                    VAE,
                    "--out",
                    folder.resolve("cache"),
                    "--resolution",
                    SIDE,
                    "--master",
                    "local[1]");
            assertThat(run.exitCode()).as(run.err()).isZero();
        }
        assertThat(latents(folder.resolve("cache")).keySet())
                .isEqualTo(encodedByOneMachine().keySet());
    }

    @Test
    void tooLittleExecutorMemoryIsRefusedBeforeTheStart() throws Exception {
        images(1);
        ClusterRun run = run(folder.resolve("cache"), "spark://nowhere.invalid:7077", "--executor-memory", "600m");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("a task needs").contains("give --executor-memory");
        ClusterRun overhead = run(
                folder.resolve("cache"), "spark://nowhere.invalid:7077", "--conf", "spark.executor.memoryOverhead=10m");
        assertThat(overhead.exitCode()).isEqualTo(2);
        assertThat(overhead.err()).contains("spark.executor.memoryOverhead of 10m is too little");
    }

    private JsonNode encode(Path cache, String master) throws IOException {
        ClusterRun run = run(cache, master);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }

    private ClusterRun run(Path cache, String master, String... more) {
        List<Object> arguments = new ArrayList<>(List.of("encode", "--json", "--data", folder.resolve("data")));
        arguments.addAll(List.of("--vae", VAE, "--out", cache, "--resolution", SIDE, "--master", master));
        arguments.addAll(List.of("--images-per-task", 64));
        arguments.addAll(List.of(more));
        return ClusterRun.of(arguments.toArray());
    }

    private void images(int count) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Random random = new Random(0);
        for (int i = 0; i < count; i++) {
            BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
            for (int p = 0; p < SIDE * SIDE; p++) {
                image.setRGB(p % SIDE, p / SIDE, random.nextInt());
            }
            ImageIO.write(image, "png", data.resolve("%04d.png".formatted(i)).toFile());
        }
    }

    private Map<String, float[]> encodedByOneMachine() {
        Path cache = folder.resolve("alone");
        open(cache, Integer.MAX_VALUE);
        return latents(cache);
    }

    /** How many images a training that reads {@code cache} would still encode. */
    private int missingOfATraining(Path cache) {
        return open(cache, 0);
    }

    private int open(Path cache, int most) {
        int[] missing = new int[1];
        TrainingListener listener = new TrainingListener() {
            @Override
            public void busy(io.percolate.pipeline.training.session.Activity activity, long done, long total) {
                missing[0] = (int) total;
                assertThat(total).isLessThanOrEqualTo(most);
            }
        };
        try (NDManager manager = TorchEngine.newManager();
                TrainingSpace space = TrainingSpace.open(Optional.of(VAE), manager)) {
            space.batches(
                            ImageDataset.open(folder.resolve("data")),
                            LoaderConfig.training(4, ImageTransform.square(SIDE)),
                            new LatentStorage(cache, ElementType.F16, 1 << 18, listener))
                    .close();
        }
        return missing[0];
    }

    private static List<Path> shards(Path cache) {
        if (!Files.isDirectory(cache)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(file -> file.toString().endsWith(".safetensors"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All latents by name; none is in two shards. */
    private static Map<String, float[]> latents(Path cache) {
        Map<String, float[]> latents = new TreeMap<>();
        try (NDManager manager = TorchEngine.newManager()) {
            for (Path shard : shards(cache)) {
                try (SafeTensors tensors = SafeTensors.open(shard)) {
                    tensors.names().forEach(name -> {
                        NDArray tensor = tensors.read(manager, name);
                        assertThat(latents.put(name, tensor.toFloatArray())).isNull();
                    });
                }
            }
        }
        return latents;
    }
}
