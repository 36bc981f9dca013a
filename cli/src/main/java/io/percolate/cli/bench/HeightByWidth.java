package io.percolate.cli.bench;

import io.percolate.command.options.SizeText;
import picocli.CommandLine.ITypeConverter;

/** Reads the size of latents, such as {@code 64x96}: height first, as in the shape of a tensor. */
final class HeightByWidth implements ITypeConverter<LatentSize> {

    @Override
    public LatentSize convert(String text) {
        return SizeText.read(text, "height and width, such as 64x96", LatentSize::new);
    }
}
