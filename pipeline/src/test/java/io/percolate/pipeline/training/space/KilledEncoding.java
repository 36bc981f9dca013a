package io.percolate.pipeline.training.space;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.OneSize;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.weights.tensors.ElementType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A program that encodes a folder, and ends without a warning after some of its images. */
final class KilledEncoding {

    /** How it ends. */
    static final int KILLED = 137;

    private KilledEncoding() {}

    /** Runs it in a JVM of its own, and returns how it ended. */
    static int run(Path data, Path cache, int images) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                KilledEncoding.class.getName(),
                data.toString(),
                cache.toString(),
                String.valueOf(images));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** Data folder, cache folder, and how many images are encoded before the end. */
    public static void main(String[] arguments) {
        CountingEncoder encoder = new CountingEncoder(Integer.parseInt(arguments[2]));
        try (NDManager manager = TorchEngine.newManager()) {
            LatentCache.open(
                    new LatentStorage(Path.of(arguments[1]), ElementType.F16, 1 << 18, TrainingListener.NONE),
                    ImageDataset.open(Path.of(arguments[0])),
                    new OneSize(ImageTransform.square(8)),
                    encoder.get(),
                    manager);
        }
    }
}
