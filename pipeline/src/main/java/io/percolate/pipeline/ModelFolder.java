package io.percolate.pipeline;

import ai.djl.ndarray.NDManager;
import io.percolate.conditioning.StableDiffusionText;
import io.percolate.conditioning.StableDiffusionXlText;
import io.percolate.conditioning.TextConditioner;
import io.percolate.conditioning.TextTower;
import io.percolate.diffusion.samplers.SamplerConfig;
import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.nn.Precision;
import io.percolate.nn.TorchEngine;
import io.percolate.vae.AutoencoderKl;
import io.percolate.weights.JsonConfig;
import io.percolate.weights.WeightsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A model as diffusers keeps it: {@code model_index.json} beside one folder for each part. Which family it is
 * follows from the parts that are there.
 */
final class ModelFolder {

    private final Path folder;
    private final JsonConfig index;
    private final NDManager manager;

    private ModelFolder(Path folder, NDManager manager) {
        this.folder = folder;
        this.manager = manager;
        index = JsonConfig.read(folder.resolve("model_index.json"));
    }

    /** Loads every part; nothing stays open if one of them does not fit. */
    static DiffusionModel load(Path folder, Precision precision) {
        NDManager manager = TorchEngine.newManager();
        try {
            return new ModelFolder(folder, manager).model(precision);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private DiffusionModel model(Precision precision) {
        requireFolder("unet");
        requireFolder("scheduler");
        SamplerConfig sampler = SamplerConfig.read(JsonConfig.read(folder.resolve("scheduler/scheduler_config.json")));
        UNet unet = UNet.load(folder.resolve("unet"), manager);
        if (precision != Precision.FP32) {
            unet.cast(precision);
        }
        ImageSpace space = space();
        ModelDefaults defaults = ModelDefaults.read(folder, usual(unet.config(), space));
        return new DiffusionModel(unet, space, text(), sampler, defaults, precision, manager);
    }

    private ImageSpace space() {
        if (!Files.isDirectory(folder.resolve("vae"))) {
            return new ImageSpace.Pixels();
        }
        return new ImageSpace.Latents(AutoencoderKl.load(folder.resolve("vae"), manager));
    }

    private Optional<TextConditioner> text() {
        boolean second = Files.isDirectory(folder.resolve("text_encoder_2"));
        boolean first = Files.isDirectory(folder.resolve("text_encoder"));
        if (!first && !second) {
            return Optional.empty();
        }
        if (!second) {
            return Optional.of(new StableDiffusionText(tower(""), manager));
        }
        List<TextTower> towers = new ArrayList<>();
        if (first) {
            towers.add(tower(""));
        }
        towers.add(tower("_2"));
        boolean zeros = index.flag("force_zeros_for_empty_prompt", true);
        return Optional.of(new StableDiffusionXlText(towers, zeros, manager));
    }

    private TextTower tower(String suffix) {
        requireFolder("tokenizer" + suffix);
        return TextTower.load(folder.resolve("tokenizer" + suffix), folder.resolve("text_encoder" + suffix), manager);
    }

    /** What diffusers' pipelines do by default: 50 steps, guidance 7.5, for Stable Diffusion XL 5. */
    private ModelDefaults usual(UNetConfig unet, ImageSpace space) {
        int side = unet.sampleSize().orElse(64) * space.factor();
        boolean text = unet.takesContext();
        double guidanceScale = unet.pooledText().isPresent() ? 5 : 7.5;
        String name = folder.toAbsolutePath().normalize().getFileName().toString();
        return new ModelDefaults(name, side, side, 50, text ? guidanceScale : 1);
    }

    private void requireFolder(String part) {
        if (!Files.isDirectory(folder.resolve(part))) {
            throw new WeightsException(
                    folder + ": no folder " + part + ", a model folder has one: is the download complete?");
        }
    }
}
