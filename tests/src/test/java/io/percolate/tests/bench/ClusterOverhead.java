package io.percolate.tests.bench;

import ai.djl.ndarray.NDManager;
import com.sun.management.OperatingSystemMXBean;
import io.percolate.cluster.PercolateCluster;
import io.percolate.nn.engine.ComputeDevice;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.LoaderConfig;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.space.LatentStorage;
import io.percolate.pipeline.training.space.ShardEncoder;
import io.percolate.pipeline.training.space.TrainingSpace;
import io.percolate.weights.EmbeddedModel;
import io.percolate.weights.tensors.ElementType;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * What {@code percolate cluster} with {@code local[1]} costs beside the library alone, on the embedded model: 200 images
 * of 256x256 encoded, 200 requests of one step generated. Of each, the same again with nothing left to do is taken off, which is the start. Prints
 * seconds of the wall and of the processor; on a busy machine, only the latter mean something.
 */
public final class ClusterOverhead {

    private static final int ITEMS = 200;
    private static final int SIDE = 256;

    private final Path folder;

    private ClusterOverhead(Path folder) {
        this.folder = folder;
    }

    /** Takes an empty folder for images, how often to measure, and what: {@code encode}, {@code generate} or both. */
    public static void main(String[] arguments) throws IOException {
        Locale.setDefault(Locale.ROOT);
        ClusterOverhead overhead = new ClusterOverhead(Path.of(arguments[0]));
        rate(64);
        rate(256);
        overhead.images("data", ITEMS);
        overhead.images("few", 4);
        overhead.new Encoding("few", 0).onSpark(); // the JVM meets Spark
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            if (List.of(arguments).contains("encode")) {
                overhead.compare("encode", overhead.new Encoding("data", i));
            }
            if (List.of(arguments).contains("generate")) {
                overhead.compare("generate", overhead.new Generating(i));
            }
        }
        System.exit(0);
    }

    /** Seconds of the processor for an image of {@code side} x {@code side} pixels, blank or not. */
    private static void rate(int side) throws IOException {
        int images = Math.min(64, (1 << 18) / (side * side));
        try (ShardEncoder encoder = ShardEncoder.load(EmbeddedModel.folder(), ComputeDevice.CPU)) {
            encoder.rehearse(side, 1 << 18);
            Cost cost = Cost.of(() -> encoder.rehearse(side, 1 << 18));
            System.out.printf("encode %dx%d: %.4f s of the processor an image%n", side, side, cost.processor / images);
        }
    }

    /** The same work in two ways. */
    private interface Work {

        void alone() throws IOException;

        void onSpark() throws IOException;
    }

    private void compare(String name, Work work) throws IOException {
        Cost aloneFirst = Cost.of(work::alone);
        Cost aloneAgain = Cost.of(work::alone);
        Cost sparkFirst = Cost.of(work::onSpark);
        Cost sparkAgain = Cost.of(work::onSpark);
        Cost alone = aloneFirst.minus(aloneAgain);
        Cost spark = sparkFirst.minus(sparkAgain);
        System.out.printf(
                "%s: library %.2f s (processor %.2f s), local[1] %.2f s (processor %.2f s), throughput %.3f"
                        + " (processor %.3f), start %.1f s%n",
                name,
                alone.wall,
                alone.processor,
                spark.wall,
                spark.processor,
                alone.wall / spark.wall,
                alone.processor / spark.processor,
                sparkAgain.wall);
    }

    /** Seconds of the wall and of the processor. */
    private record Cost(double wall, double processor) {

        private interface Body {

            void run() throws IOException;
        }

        static Cost of(Body body) throws IOException {
            double processor = processorSeconds();
            long begin = System.nanoTime();
            body.run();
            return new Cost((System.nanoTime() - begin) / 1e9, processorSeconds() - processor);
        }

        private static double processorSeconds() {
            return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
        }

        Cost minus(Cost other) {
            return new Cost(wall - other.wall, processor - other.processor);
        }
    }

    private final class Encoding implements Work {

        private final String data;
        private final int run;

        Encoding(String data, int run) {
            this.data = data;
            this.run = run;
        }

        @Override
        public void alone() {
            try (NDManager manager = TorchEngine.newManager();
                    TrainingSpace space = TrainingSpace.open(
                            Optional.of(EmbeddedModel.folder().resolve("vae")), manager)) {
                space.batches(
                                ImageDataset.open(folder.resolve(data)),
                                LoaderConfig.training(8, ImageTransform.square(SIDE)),
                                new LatentStorage(
                                        folder.resolve("alone" + data + run),
                                        ElementType.F16,
                                        1 << 18,
                                        TrainingListener.NONE))
                        .close();
            }
        }

        @Override
        public void onSpark() {
            cluster(
                    "encode",
                    "--data",
                    folder.resolve(data),
                    "--vae",
                    EmbeddedModel.folder(),
                    "--out",
                    folder.resolve("spark" + data + run),
                    "--resolution",
                    SIDE,
                    "--master",
                    "local[1]");
        }
    }

    private final class Generating implements Work {

        private final int run;

        Generating(int run) {
            this.run = run;
        }

        @Override
        public void alone() throws IOException {
            Path out = Files.createDirectories(folder.resolve("images" + run));
            try (Pipeline pipeline = Pipeline.embedded()) {
                for (int i = 0; i < ITEMS; i++) {
                    Path file = out.resolve(i + ".png");
                    if (!Files.exists(file)) {
                        pipeline.generate(GenerationRequest.of("a red apple")
                                        .seed(i)
                                        .steps(1)
                                        .build())
                                .get(0)
                                .save(file);
                    }
                }
            }
        }

        @Override
        public void onSpark() throws IOException {
            List<String> rows = new ArrayList<>();
            for (int i = 0; i < ITEMS; i++) {
                rows.add("{\"prompt\": \"a red apple\", \"seed\": " + i + ", \"steps\": 1}");
            }
            Path table = Files.write(folder.resolve("requests.jsonl"), rows);
            cluster(
                    "generate",
                    "--requests",
                    table,
                    "--out",
                    folder.resolve("generated" + run),
                    "--master",
                    "local[1]");
        }
    }

    private static void cluster(Object... arguments) {
        String[] words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        PrintStream out = System.out;
        System.setOut(new PrintStream(new ByteArrayOutputStream()));
        int exitCode = PercolateCluster.run(words);
        System.setOut(out);
        if (exitCode != 0) {
            throw new IllegalStateException(String.join(" ", words) + " ended with " + exitCode);
        }
    }

    private void images(String name, int count) throws IOException {
        Path data = Files.createDirectories(folder.resolve(name));
        Random random = new Random(0);
        for (int i = 0; i < count; i++) {
            BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
            for (int p = 0; p < SIDE * SIDE; p++) {
                image.setRGB(p % SIDE, p / SIDE, random.nextInt());
            }
            ImageIO.write(image, "png", data.resolve("%04d.png".formatted(i)).toFile());
        }
    }
}
