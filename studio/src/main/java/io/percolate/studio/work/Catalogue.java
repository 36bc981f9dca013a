package io.percolate.studio.work;

import io.percolate.pipeline.fewstep.FewSteps;
import io.percolate.pipeline.model.LearnedEmbedding;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.weights.EmbeddedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The models, LoRAs and ControlNets that a server offers. A request names them; a name is compared with those that are there and never
 * becomes part of a path.
 *
 * @param first the model that serves requests that name none; empty for the embedded one
 * @param models a folder of model folders and single files
 * @param loras a folder of LoRA files
 * @param controlNets folders and files of ControlNets, by the names that requests give them
 * @param loading how the first model is opened; the others are as their files say
 */
public record Catalogue(
        Optional<Path> first,
        Optional<Path> models,
        Optional<Path> loras,
        Map<String, Path> controlNets,
        LoadOptions loading) {

    /** The embedded model alone. */
    public static final Catalogue EMBEDDED =
            new Catalogue(Optional.empty(), Optional.empty(), Optional.empty(), LoadOptions.DEFAULT);

    private static final String EMBEDDED_NAME = "embedded";

    public Catalogue {
        controlNets = Collections.unmodifiableMap(new LinkedHashMap<>(controlNets));
    }

    /** Without ControlNets. */
    public Catalogue(Optional<Path> first, Optional<Path> models, Optional<Path> loras, LoadOptions loading) {
        this(first, models, loras, Map.of(), loading);
    }

    /** The name of the model that serves requests that name none. */
    public String firstModel() {
        return first.map(Catalogue::name).orElse(EMBEDDED_NAME);
    }

    /** The names of all models, the first one first. */
    public List<String> modelNames() {
        return List.copyOf(modelPaths().keySet());
    }

    /** The names of all LoRAs. */
    public List<String> loraNames() {
        return List.copyOf(loraPaths().keySet());
    }

    /** Fails if a name stands for nothing. */
    public ModelChoice checked(ModelChoice choice) {
        model(choice.name());
        choice.loras().forEach(lora -> lora(lora.name()));
        choice.controlNets().forEach(this::controlNet);
        return choice;
    }

    /** How images are sampled with those LoRAs whose names say that they are for few steps. */
    public Map<String, FewSteps> fewSteps() {
        Map<String, FewSteps> known = new LinkedHashMap<>();
        loraPaths().forEach((name, path) -> known.put(name, FewSteps.named(path)));
        known.values().removeIf(few -> !few.isKnown());
        return known;
    }

    /** Where the model of this name is. */
    public Path model(String name) {
        return found("model", name, modelPaths());
    }

    /** The learned tokens that prompts of the model of this name may hold. */
    public List<LearnedEmbedding> embeddings(String name) {
        return name.equals(firstModel()) ? loading.adapters().embeddings() : List.of();
    }

    /** How the chosen model is opened, with its LoRAs. */
    LoadOptions loading(ModelChoice choice) {
        LoadOptions options = choice.name().equals(firstModel()) ? loading : LoadOptions.DEFAULT;
        for (ModelChoice.LoraChoice lora : choice.loras()) {
            options = options.withLora(lora(lora.name()), lora.scale());
        }
        for (String name : choice.controlNets()) {
            options = options.withControlNet(controlNet(name));
        }
        return options;
    }

    /** Where the ControlNet of this name is. */
    Path controlNet(String name) {
        return found("ControlNet", name, controlNets);
    }

    /** Where the LoRA of this name is. */
    Path lora(String name) {
        return found("LoRA", name, loraPaths());
    }

    private static Path found(String kind, String name, Map<String, Path> paths) {
        return Optional.ofNullable(paths.get(name)).orElseThrow(() -> new UnknownNameException(kind, paths.keySet()));
    }

    private Map<String, Path> modelPaths() {
        Map<String, Path> paths = new LinkedHashMap<>();
        first.ifPresent(path -> paths.put(name(path), path));
        paths.computeIfAbsent(EMBEDDED_NAME, name -> EmbeddedModel.folder());
        models.ifPresent(
                folder -> entries(folder, Catalogue::isModel).forEach(path -> paths.putIfAbsent(name(path), path)));
        return paths;
    }

    private Map<String, Path> loraPaths() {
        Map<String, Path> paths = new LinkedHashMap<>();
        loras.ifPresent(folder -> entries(folder, path -> isFile(path, ".safetensors"))
                .forEach(path -> paths.putIfAbsent(name(path), path)));
        return paths;
    }

    private static List<Path> entries(Path folder, Predicate<Path> wanted) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(wanted).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    private static boolean isModel(Path path) {
        return Files.exists(path.resolve("model_index.json")) || isFile(path, ".safetensors") || isFile(path, ".ckpt");
    }

    private static boolean isFile(Path path, String ending) {
        return path.toString().endsWith(ending) && Files.isRegularFile(path);
    }

    private static String name(Path path) {
        String name = String.valueOf(path.toAbsolutePath().normalize().getFileName());
        return name.replaceFirst("\\.(safetensors|ckpt)$", "");
    }
}
