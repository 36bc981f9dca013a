package io.percolate.tests.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.percolate.conditioning.encoder.ClipTextEncoder;
import io.percolate.conditioning.encoder.TextEncoderConfig;
import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.diffusion.unet.published.UNetFiles;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.layers.Layer;
import io.percolate.tests.TestFolders;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.VaeConfig;
import io.percolate.weights.tensors.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;

/** A folder of Stable Diffusion 1's sizes with random weights in float16, to measure what trainings take. */
public final class RandomModel {

    private RandomModel() {}

    /** @param arguments the folder, and the folder with the tests' reference cases */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Path cases = arguments.length > 1 ? Path.of(arguments[1]) : TestFolders.DATA;
        written(
                new UNet(UNetConfig.stableDiffusion1()),
                unet -> UNetFiles.save(unet, folder.resolve("unet"), ElementType.F16));
        written(
                new AutoencoderKl(VaeConfig.stableDiffusion()),
                vae -> vae.save(folder.resolve("vae"), ElementType.F16));
        written(
                new ClipTextEncoder(TextEncoderConfig.clipL()),
                text -> text.save(folder.resolve("text_encoder"), ElementType.F16));
        TestFolders.copy(cases.resolve("clip-tokenizer/tokenizer"), folder.resolve("tokenizer"));
        TestFolders.copy(cases.resolve("sd1-tiny/scheduler"), folder.resolve("scheduler"));
        Files.copy(
                cases.resolve("sd1-tiny/model_index.json"),
                folder.resolve("model_index.json"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static <L extends Layer> void written(L network, Consumer<L> save) {
        try (NDManager manager = TorchEngine.newManager(Device.cpu());
                network) {
            network.initialise(manager, 1);
            save.accept(network);
        }
    }
}
