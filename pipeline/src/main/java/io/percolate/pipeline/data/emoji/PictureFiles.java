package io.percolate.pipeline.data.emoji;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds a picture by code points, however its file name spells them. */
final class PictureFiles {

    private final Map<String, Path> byCodePoints = new HashMap<>();

    private PictureFiles() {}

    /** The pictures of one folder; of several for one emoji, the first by name. */
    static PictureFiles in(Path folder) throws IOException {
        PictureFiles pictures = new PictureFiles();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                pictures.byCodePoints.putIfAbsent(codePoints(name.substring(0, name.lastIndexOf('.'))), file);
            }
        }
        return pictures;
    }

    /** The picture of the emoji with this hexcode. */
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
