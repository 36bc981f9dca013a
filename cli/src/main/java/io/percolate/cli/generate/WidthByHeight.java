package io.percolate.cli.generate;

import io.percolate.command.options.SizeText;
import io.percolate.pipeline.generation.Size;
import picocli.CommandLine.ITypeConverter;

/** Reads the size of an image, such as {@code 512x768}. */
final class WidthByHeight implements ITypeConverter<Size> {

    @Override
    public Size convert(String text) {
        return SizeText.read(text, "width and height, such as 512x768", Size::new);
    }
}
