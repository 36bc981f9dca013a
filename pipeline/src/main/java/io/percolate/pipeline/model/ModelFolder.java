package io.percolate.pipeline.model;

import io.percolate.conditioning.encoder.TextEncoderJson;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.samplers.published.SchedulerFiles;
import io.percolate.diffusion.unet.published.UNetJson;
import io.percolate.files.AtomicFile;
import io.percolate.weights.SingleFile;
import io.percolate.weights.layout.DiffusersLayout;
import io.percolate.weights.layout.ModelFamily;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.tensors.ElementType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Everything in a model's folder but its weights, ready to be written to another one. */
sealed interface ModelFolder {

    /** What it says. */
    ModelConfigs configs();

    /** The same for a model that is sampled otherwise. */
    ModelFolder with(SamplerConfig sampler);

    /** Writes it to {@code target}; {@code type} is that of the weights. */
    void writeConfigs(Path target, ElementType type);

    /** That of a folder in the layout of diffusers. */
    static ModelFolder of(Path folder) {
        return new Existing(folder, ModelConfigs.read(folder), false);
    }

    /** That of the family of a single file. */
    static ModelFolder of(SingleFile file) {
        return new Published(file.family(), PublishedConfigs.of(file));
    }

    /**
     * A folder whose files are copied as they are.
     *
     * @param resampled whether {@code configs} have another sampler than the folder
     */
    record Existing(Path folder, ModelConfigs configs, boolean resampled) implements ModelFolder {

        private static final Pattern WEIGHTS = Pattern.compile(".*\\.(safetensors|bin|ckpt|index\\.json|msgpack|onnx)");

        @Override
        public Existing with(SamplerConfig sampler) {
            return new Existing(folder, configs.with(sampler), true);
        }

        @Override
        public void writeConfigs(Path target, ElementType type) {
            for (Path file : files()) {
                Path copy = target.resolve(folder.relativize(file).toString());
                AtomicFile.write(copy, out -> Files.copy(file, out));
            }
            if (resampled) {
                ModelIndex.resample(target, configs.sampler());
            }
        }

        /** The files that loading reads; nothing else of a download is taken along. */
        private List<Path> files() {
            try (Stream<Path> all = Files.walk(folder, 2)) {
                return all.filter(file -> Files.isRegularFile(file) && belongs(folder.relativize(file)))
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot list " + folder + ": " + e.getMessage(), e);
            }
        }

        private static boolean belongs(Path file) {
            String name = file.getFileName().toString();
            if (file.getNameCount() == 1) {
                return name.equals("model_index.json") || name.equals("percolate.json");
            }
            if (file.startsWith(PartFolders.PREVIEWS)) {
                return name.equals(DiffusersLayout.CONFIG) || name.equals(DiffusersLayout.WEIGHTS);
            }
            boolean known = file.getName(0).toString().matches("unet|vae|scheduler|(text_encoder|tokenizer)(_2)?");
            return known && !WEIGHTS.matcher(name).matches();
        }
    }

    /** The configs of a published family. */
    record Published(ModelFamily family, ModelConfigs configs) implements ModelFolder {

        @Override
        public Published with(SamplerConfig sampler) {
            return new Published(family, configs.with(sampler));
        }

        @Override
        public void writeConfigs(Path target, ElementType type) {
            UNetJson.write(configs.unet()).write(config(target, ModelPart.UNET));
            configs.vae().ifPresent(vae -> vae.json().write(config(target, ModelPart.VAE)));
            configs.text().forEach((part, text) -> write(target, part, text, type));
            SchedulerFiles.save(configs.sampler(), target.resolve("scheduler"));
            ModelIndex.write(target, family, configs.sampler());
        }

        private static void write(Path target, ModelPart part, TextPart text, ElementType type) {
            TextEncoderJson.write(text.encoder(), type).write(config(target, part));
            text.tokenizer().save(target.resolve(ModelConfigs.tokenizerFolder(part)));
        }

        private static Path config(Path target, ModelPart part) {
            return target.resolve(part.folder()).resolve(DiffusersLayout.CONFIG);
        }
    }
}
