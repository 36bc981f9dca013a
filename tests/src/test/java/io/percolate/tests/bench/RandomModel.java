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

/** A folder of Stable Diffusion 1's or XL's sizes with random weights in float16, to measure what trainings take. */
public final class RandomModel {

    private final Path folder;
    private final Path cases;

    private RandomModel(Path folder, Path cases) {
        this.folder = folder;
        this.cases = cases;
    }

    /** @param arguments sd1 or sdxl, the folder, and the folder with the tests' reference cases */
    public static void main(String[] arguments) throws IOException {
        Path cases = arguments.length > 2 ? Path.of(arguments[2]) : TestFolders.DATA;
        RandomModel model = new RandomModel(Path.of(arguments[1]), cases);
        switch (arguments[0]) {
            case "sd1" -> model.writeStableDiffusion1();
            case "sdxl" -> model.writeStableDiffusionXl();
            default -> throw new IllegalArgumentException(arguments[0] + ": sd1 or sdxl");
        }
    }

    private void writeStableDiffusion1() throws IOException {
        write(UNetConfig.stableDiffusion1());
        write(VaeConfig.stableDiffusion());
        write("text_encoder", TextEncoderConfig.clipL());
        TestFolders.copy(cases.resolve("clip-tokenizer/tokenizer"), folder.resolve("tokenizer"));
        copyRest("sd1-tiny");
    }

    private void writeStableDiffusionXl() throws IOException {
        write(UNetConfig.stableDiffusionXl());
        write(VaeConfig.stableDiffusionXl());
        write("text_encoder", TextEncoderConfig.clipL());
        write("text_encoder_2", TextEncoderConfig.openClipG());
        TestFolders.copy(cases.resolve("clip-tokenizer/tokenizer"), folder.resolve("tokenizer"));
        TestFolders.copy(cases.resolve("clip-tokenizer/tokenizer"), folder.resolve("tokenizer_2"));
        copyRest("sdxl-tiny");
    }

    private void copyRest(String model) throws IOException {
        TestFolders.copy(cases.resolve(model).resolve("scheduler"), folder.resolve("scheduler"));
        Files.copy(
                cases.resolve(model).resolve("model_index.json"),
                folder.resolve("model_index.json"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private void write(UNetConfig config) {
        written(new UNet(config), unet -> UNetFiles.save(unet, folder.resolve("unet"), ElementType.F16));
    }

    private void write(VaeConfig config) {
        written(new AutoencoderKl(config), vae -> vae.save(folder.resolve("vae"), ElementType.F16));
    }

    private void write(String part, TextEncoderConfig config) {
        written(new ClipTextEncoder(config), text -> text.save(folder.resolve(part), ElementType.F16));
    }

    private static <L extends Layer> void written(L network, Consumer<L> save) {
        try (NDManager manager = TorchEngine.newManager(Device.cpu());
                network) {
            network.initialise(manager, 1);
            save.accept(network);
        }
    }
}
