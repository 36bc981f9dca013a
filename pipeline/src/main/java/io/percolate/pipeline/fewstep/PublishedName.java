package io.percolate.pipeline.fewstep;

import io.percolate.weights.WeightFile;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a download is called: many files have the same name, and only the folders above them tell. */
final class PublishedName {

    private static final Pattern GENERIC = Pattern.compile(
            "pytorch_lora_weights|adapter_model|diffusion_pytorch_model|model|unet|snapshots|[0-9a-f]{40}");
    private static final Pattern ENDING = Pattern.compile("(\\.fp16)?\\.(safetensors|bin|ckpt|pt)$");

    private PublishedName() {}

    /** The last part of {@code path} that is not the same for all. */
    static String of(Path path) {
        return Stream.iterate(path.toAbsolutePath().normalize(), Objects::nonNull, Path::getParent)
                .map(Path::getFileName)
                .filter(Objects::nonNull)
                .map(Path::toString)
                .filter(name ->
                        !GENERIC.matcher(ENDING.matcher(name).replaceAll("")).matches())
                .findFirst()
                .orElse("model");
    }

    /** That of a LoRA, and what the programs that wrote it say that it is called. */
    static Stream<String> ofLora(Path file) {
        Stream<String> titles = Stream.of("modelspec.title", "ss_output_name")
                .map(WeightFile.loraMetadata(file)::get)
                .filter(Objects::nonNull);
        return Stream.concat(titles, Stream.of(of(file)));
    }
}
