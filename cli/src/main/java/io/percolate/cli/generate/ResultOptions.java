package io.percolate.cli.generate;

import io.percolate.command.options.JsonText;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationListener;
import io.percolate.pipeline.generation.GenerationRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Where the results of a generation go. */
final class ResultOptions {

    @Option(
            names = "--out",
            paramLabel = "FILE|DIR",
            description = "the image's file (.png, .jpg or .webp), or a folder for files named after prompt and seed"
                    + " (default: the current folder)")
    private Path out = Path.of("");

    @Option(
            names = "--save-tensors",
            paramLabel = "FILE.safetensors",
            description = "also write the tensors latents (the starting noise), final_latents and image (float32, NCHW,"
                    + " [0,1])")
    private Path tensors;

    @Option(names = "--json", description = "print one JSON object instead of paths")
    private boolean json;

    /** Where the images of {@code request} will go; fails if they cannot go there. */
    ImageNames files(GenerationRequest request) {
        if (tensors != null) {
            ImageNames.requireWritable(tensors.toAbsolutePath().getParent());
        }
        return ImageNames.of(out, request.imageCount());
    }

    /** Writes the tensors, if they are asked for. */
    GenerationListener tensors() {
        return tensors == null ? GenerationListener.NONE : new TensorRecorder(tensors);
    }

    /** What is printed at the end. */
    String report(List<GeneratedImage> images, List<Path> paths) {
        if (!json) {
            return paths.stream().map(Path::toString).collect(Collectors.joining(System.lineSeparator()));
        }
        List<Map<String, Object>> entries = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            entries.add(entry(images.get(i), paths.get(i)));
        }
        return JsonText.of(Map.of("images", entries));
    }

    private static Map<String, Object> entry(GeneratedImage image, Path path) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("file", path.toString());
        entry.put("prompt", image.text().prompt());
        entry.put("negativePrompt", image.text().negativePrompt());
        entry.put("seed", image.seed());
        entry.put("width", image.image().getWidth());
        entry.put("height", image.image().getHeight());
        entry.put("settings", image.text().settings());
        return entry;
    }
}
