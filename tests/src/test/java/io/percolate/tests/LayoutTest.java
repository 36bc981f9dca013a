package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.ndarray.NDManager;
import io.percolate.conditioning.encoder.ClipTextEncoder;
import io.percolate.diffusion.samplers.published.SchedulerFiles;
import io.percolate.diffusion.unet.published.UNetFiles;
import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.testing.Reference;
import io.percolate.vae.AutoencoderKl;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What Percolate saves has the files, keys and tensor names of the folders that diffusers saved. */
class LayoutTest {

    @TempDir
    private Path scratch;

    /** Loads a part of a model and saves it again. */
    @FunctionalInterface
    private interface Copier {
        void copy(Path from, Path to, NDManager manager);
    }

    private static final String SCHEDULER_CONFIG = "scheduler_config.json";

    private static final Map<String, Copier> PARTS = new LinkedHashMap<>();

    static {
        PARTS.put("unet", (from, to, manager) -> UNetFiles.save(UNetFiles.load(from, manager), to, ElementType.F32));
        PARTS.put(
                "vae", (from, to, manager) -> AutoencoderKl.load(from, manager).save(to, ElementType.F32));
        PARTS.put("text_encoder*", (from, to, manager) -> ClipTextEncoder.load(from, manager)
                .save(to, ElementType.F32));
        PARTS.put("scheduler", (from, to, manager) -> SchedulerFiles.save(SchedulerFiles.load(from), to));
    }

    @TestFactory
    Stream<DynamicTest> savedPartsAreLaidOutAsPublishedOnes() {
        return PARTS.entrySet().stream().flatMap(part -> Reference.find(TestFolders.DATA, "*/" + part.getKey()).stream()
                .filter(LayoutTest::isEverSaved)
                .map(folder -> dynamicTest(
                        TestFolders.DATA.relativize(folder).toString(),
                        () -> isLaidOutAsPublished(folder, part.getValue()))));
    }

    /** Tiny autoencoders are read alone. */
    private static boolean isEverSaved(Path part) {
        Path config = part.resolve("config.json");
        return !Files.exists(config)
                || !JsonConfig.read(config).string("_class_name", "").equals("AutoencoderTiny");
    }

    private void isLaidOutAsPublished(Path published, Copier copier) {
        Path saved = scratch.resolve(TestFolders.DATA.relativize(published).toString());
        try (NDManager manager = TorchEngine.newManager()) {
            copier.copy(published, saved, manager);
        }
        assertThat(TestFolders.files(saved)).isEqualTo(TestFolders.files(published));
        for (String file : TestFolders.files(saved)) {
            assertThat(names(saved.resolve(file))).as(file).isEqualTo(names(published.resolve(file)));
        }
    }

    /** The keys of a config, or the tensors of a weight file: weights only, under today's names. */
    static Set<String> names(Path file) {
        if (file.toString().endsWith(".json")) {
            return JsonConfig.read(file).values().keySet();
        }
        try (SafeTensors tensors = SafeTensors.open(file)) {
            Set<String> names = new TreeSet<>();
            tensors.names()
                    .forEach(name -> names.add(name.replaceFirst("\\.query\\.", ".to_q.")
                            .replaceFirst("\\.key\\.", ".to_k.")
                            .replaceFirst("\\.value\\.", ".to_v.")
                            .replaceFirst("\\.proj_attn\\.", ".to_out.0.")));
            names.removeIf(name -> name.endsWith(".position_ids"));
            return names;
        }
    }
}
