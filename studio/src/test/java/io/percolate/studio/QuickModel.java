package io.percolate.studio;

import io.percolate.weights.EmbeddedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The embedded model with fewer steps by default, for clients that cannot choose them. */
final class QuickModel {

    private static final String DEFAULTS = "percolate.json";

    private QuickModel() {}

    static Path in(Path folder) throws IOException {
        Path model = Files.createDirectories(folder.resolve("quick"));
        try (Stream<Path> files = Files.list(EmbeddedModel.folder())) {
            for (Path file : files.toList()) {
                Files.createSymbolicLink(model.resolve(file.getFileName()), file);
            }
        }
        List<String> defaults = Files.readAllLines(model.resolve(DEFAULTS));
        Files.delete(model.resolve(DEFAULTS));
        Files.write(
                model.resolve(DEFAULTS),
                defaults.stream()
                        .map(line -> line.replaceAll("\"steps\": \\d+", "\"steps\": 2"))
                        .toList());
        return model;
    }
}
