package io.percolate.pipeline.images;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The formats that images are written in; each has a place for the text that says how an image was made. */
public enum ImageFormat {
    /** Without loss; the text is a PNG text, where the usual tools look for it. */
    PNG("png") {
        @Override
        byte[] encoded(BufferedImage image, Optional<ParameterText> text) throws IOException {
            return PngText.encoded(
                    image,
                    text.map(said -> Map.of(ParameterText.KEYWORD, said.format()))
                            .orElse(Map.of()));
        }
    },

    /** With loss, quality 95 of 100; the text is EXIF's user comment. */
    JPEG("jpg", "jpeg") {
        @Override
        byte[] encoded(BufferedImage image, Optional<ParameterText> text) throws IOException {
            byte[] jpeg = LossyImage.encoded(image, "jpeg");
            return text.isPresent() ? UserComment.inJpeg(jpeg, text.get()) : jpeg;
        }
    },

    /** With loss, quality 95 of 100; the text is EXIF's user comment. */
    WEBP("webp") {
        @Override
        byte[] encoded(BufferedImage image, Optional<ParameterText> text) throws IOException {
            byte[] webp = LossyImage.encoded(image, "webp");
            return text.isPresent() ? UserComment.inWebp(webp, image, text.get()) : webp;
        }
    };

    private final List<String> extensions;

    ImageFormat(String... extensions) {
        this.extensions = List.of(extensions);
    }

    /**
     * The format that the name of {@code file} says.
     *
     * @throws IllegalArgumentException if it says none of these
     */
    public static ImageFormat of(Path file) {
        return find(file)
                .orElseThrow(() -> new IllegalArgumentException(
                        file + ": images are written as " + names() + ", told by the end of the name: choose one"));
    }

    /** The format that the name of {@code file} says, if it is one of these. */
    public static Optional<ImageFormat> find(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return Arrays.stream(values())
                .filter(format -> name.contains(".") && format.extensions.contains(extension))
                .findFirst();
    }

    private static String names() {
        return Arrays.stream(values())
                .flatMap(format -> format.extensions.stream())
                .map(extension -> "." + extension)
                .collect(Collectors.joining(", "));
    }

    /** The bytes of a file of {@code image}. */
    abstract byte[] encoded(BufferedImage image, Optional<ParameterText> text) throws IOException;
}
