package io.percolate.cli.emoji;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.pipeline.data.DatasetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Packages that were unpacked before, for machines without npm or network.
 *
 * @param root a folder with the packages somewhere inside, for instance a {@code node_modules}
 */
record UnpackedPackages(Path root) implements PackageSource {

    private static final int DEPTH = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Path folder(NpmPackage wanted, Path workspace) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new DatasetException(root + " is not a folder: unpack " + wanted + " into it");
        }
        for (Path description : descriptions()) {
            JsonNode json = JSON.readTree(description.toFile());
            if (json.path("name").asText().equals(wanted.name())) {
                return sameVersion(wanted, json.path("version").asText(), description.getParent());
            }
        }
        throw new DatasetException(root + " has no package " + wanted.name() + ": unpack " + wanted + " into it");
    }

    private List<Path> descriptions() throws IOException {
        try (Stream<Path> files = Files.find(root, DEPTH, (file, attributes) -> file.endsWith("package.json"))) {
            return files.sorted().toList();
        }
    }

    private static Path sameVersion(NpmPackage wanted, String version, Path folder) {
        if (!version.equals(wanted.version())) {
            throw new DatasetException(folder + " is version " + version + ", not " + wanted.version()
                    + ": another version gives another data set");
        }
        return folder;
    }
}
