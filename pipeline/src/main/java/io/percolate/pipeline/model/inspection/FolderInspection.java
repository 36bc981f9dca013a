package io.percolate.pipeline.model.inspection;

import ai.djl.ndarray.types.Shape;
import io.percolate.conditioning.encoder.ClipTextEncoder;
import io.percolate.conditioning.encoder.TextEncoderJson;
import io.percolate.diffusion.samplers.published.SchedulerJson;
import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.diffusion.unet.published.UNetJson;
import io.percolate.files.BadFileException;
import io.percolate.files.JsonConfig;
import io.percolate.pipeline.model.CodecConfig;
import io.percolate.pipeline.model.PartFolders;
import io.percolate.weights.WeightFile;
import io.percolate.weights.layout.DiffusersLayout;
import io.percolate.weights.layout.LegacyKeys;
import io.percolate.weights.layout.UNetInput;
import io.percolate.weights.tensors.LoadReport;
import io.percolate.weights.tensors.StateDict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Looks into a model folder, part by part: one broken part does not hide the others. */
final class FolderInspection {

    private final Path folder;
    private final List<PartReport> parts = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    FolderInspection(Path folder) {
        this.folder = folder;
    }

    ModelReport report() {
        addPart("unet", FolderInspection::unet);
        addPart("vae", FolderInspection::vae);
        addPart("preview_vae", FolderInspection::vae);
        addPart("text_encoder", FolderInspection::text);
        addPart("text_encoder_2", FolderInspection::text);
        return new ModelReport(family(), prediction(), false, 0, parts, problems);
    }

    /** Compares a part's tensors with its config. */
    private void addPart(String name, BiFunction<JsonConfig, StateDict, LoadReport> comparison) {
        Path part = folder.resolve(name);
        if (!Files.isDirectory(part)) {
            if (isListed(name)) {
                parts.add(PartReport.broken(name, part + " is missing: is the download complete?"));
            }
            return;
        }
        try (StateDict dict = WeightFile.open(part)) {
            LoadReport fit = comparison.apply(JsonConfig.read(part.resolve(DiffusersLayout.CONFIG)), dict);
            parts.add(PartReport.of(name, dict, PartReport.problem(fit)));
        } catch (BadFileException broken) {
            parts.add(PartReport.broken(name, broken.getMessage()));
        }
    }

    private boolean isListed(String name) {
        return new PartFolders(folder, JsonConfig.read(folder.resolve("model_index.json"))).lists(name);
    }

    private static LoadReport unet(JsonConfig config, StateDict dict) {
        Map<String, Shape> shapes = new UNet(UNetJson.read(config)).shapes();
        return LoadReport.compare(LegacyKeys.current(dict), shapes);
    }

    private static LoadReport vae(JsonConfig config, StateDict dict) {
        Map<String, Shape> shapes = CodecConfig.read(config).network().shapes();
        return LoadReport.compare(LegacyKeys.current(dict), shapes);
    }

    private static LoadReport text(JsonConfig config, StateDict dict) {
        return ClipTextEncoder.compare(TextEncoderJson.read(config), dict);
    }

    private String prediction() {
        try {
            JsonConfig scheduler = JsonConfig.read(folder.resolve("scheduler/scheduler_config.json"));
            return SchedulerJson.read(scheduler).process().prediction().publishedName();
        } catch (BadFileException broken) {
            problems.add(broken.getMessage());
            return "";
        }
    }

    private String family() {
        try {
            UNetConfig unet = UNetJson.read(JsonConfig.read(folder.resolve("unet/config.json")));
            return Files.isDirectory(folder.resolve("vae")) ? latentFamily(unet) : pixelFamily(unet);
        } catch (BadFileException broken) {
            return "unknown";
        }
    }

    private static String pixelFamily(UNetConfig unet) {
        return unet.takesContext() ? "pixel-space diffusion with text" : "pixel-space DDPM";
    }

    /** Version 2 is told from version 1 by its linear projections around the attention. */
    private String latentFamily(UNetConfig unet) {
        String version = unet.pooledText().isPresent()
                ? "XL" + encoders()
                : unet.transformers().linearProjection() ? "2" : "1";
        String use = use(UNetInput.of(unet.inChannels(), unet.outChannels()));
        return unet.takesContext() ? "Stable Diffusion " + version + use : "latent diffusion without text";
    }

    /** Models trained here have the layout of XL. */
    private String encoders() {
        return Files.isDirectory(folder.resolve("text_encoder")) ? "" : "'s layout, second text encoder alone";
    }

    /** What a denoiser with this input is for, if not for text to image. */
    static String use(UNetInput input) {
        return switch (input) {
            case LATENTS -> "";
            case INPAINTING -> ", inpainting";
            case EDITING -> ", instruct-pix2pix";
        };
    }
}
