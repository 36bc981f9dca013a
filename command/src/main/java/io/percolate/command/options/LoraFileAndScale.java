package io.percolate.command.options;

import io.percolate.pipeline.model.Lora;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/** Reads a LoRA's file and its scale, such as {@code style.safetensors:0.8}. */
final class LoraFileAndScale implements ITypeConverter<Lora> {

    private static final Pattern SCALED = Pattern.compile("(.+):([-+]?(?:\\d+\\.?\\d*|\\.\\d+))");

    @Override
    public Lora convert(String text) {
        Matcher scaled = SCALED.matcher(text);
        return scaled.matches() && !Files.exists(Path.of(text))
                ? new Lora(Path.of(scaled.group(1)), Double.parseDouble(scaled.group(2)))
                : new Lora(Path.of(text), 1);
    }
}
