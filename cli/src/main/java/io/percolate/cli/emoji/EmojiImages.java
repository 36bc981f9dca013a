package io.percolate.cli.emoji;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds an image by code points, however its file name spells them. */
final class EmojiImages {

    private final Map<String, Path> byCodePoints = new HashMap<>();

    private EmojiImages() {}

    /** The images of one folder; of several for one emoji, the first by name. */
    static EmojiImages in(Path folder) throws IOException {
        EmojiImages images = new EmojiImages();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                images.byCodePoints.putIfAbsent(codePoints(name.substring(0, name.lastIndexOf('.'))), file);
            }
        }
        return images;
    }

    /** The image of the emoji with this hexcode. */
    Optional<Path> of(String hexcode) {
        return Optional.ofNullable(byCodePoints.get(codePoints(hexcode)));
    }

    /** One spelling for {@code 23-fe0f-20e3} and {@code 0023-20E3}: four digits at least, no variation selector. */
    private static String codePoints(String hexcode) {
        StringBuilder codePoints = new StringBuilder();
        for (String point : hexcode.toUpperCase(Locale.ROOT).split("[-_]")) {
            if (!point.equals("FE0F")) {
                codePoints
                        .append("0".repeat(Math.max(0, 4 - point.length())))
                        .append(point)
                        .append('-');
            }
        }
        return codePoints.toString();
    }
}
