package io.percolate.pipeline.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.pipeline.images.ImageFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The places where a folder of images keeps its captions. */
enum Metadata {
    JSON_LINES("metadata.jsonl") {
        @Override
        List<ImageEntry> entries(Path folder) throws IOException {
            Path file = folder.resolve(name);
            List<ImageEntry> entries = new ArrayList<>();
            List<String> lines = TextFile.read(file).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (!lines.get(i).isBlank()) {
                    entries.add(row(folder, lines.get(i), file + " line " + (i + 1)));
                }
            }
            return entries;
        }

        private ImageEntry row(Path folder, String line, String where) {
            try {
                JsonNode row = JSON.readTree(line);
                Map<String, String> fields = new HashMap<>();
                row.properties().forEach(field -> fields.put(field.getKey(), text(field.getValue())));
                return entry(folder, fields, captions(row.path("text")), where);
            } catch (JsonProcessingException broken) {
                throw new DatasetException(where + " is not JSON: " + broken.getOriginalMessage(), broken);
            }
        }

        private String text(JsonNode value) {
            return value.isValueNode() ? value.asText() : value.toString();
        }

        private List<String> captions(JsonNode text) {
            List<String> captions = new ArrayList<>();
            if (text.isArray()) {
                text.forEach(caption -> captions.add(caption.asText()));
            } else if (text.isTextual()) {
                captions.add(text.asText());
            }
            return captions;
        }
    },

    CSV("metadata.csv") {
        @Override
        List<ImageEntry> entries(Path folder) throws IOException {
            Path file = folder.resolve(name);
            CSVFormat format = CSVFormat.RFC4180
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .setIgnoreEmptyLines(true)
                    .get();
            List<ImageEntry> entries = new ArrayList<>();
            try (CSVParser rows = CSVParser.parse(TextFile.read(file), format)) {
                for (CSVRecord row : rows) {
                    Map<String, String> fields = row.toMap();
                    String text = fields.getOrDefault("text", "");
                    entries.add(entry(folder, fields, List.of(text), file + " line " + rows.getCurrentLineNumber()));
                }
            } catch (UncheckedIOException | IllegalArgumentException broken) { // what the parser throws
                throw new DatasetException(file + " is not a table with a header: " + broken.getMessage(), broken);
            }
            return entries;
        }
    },

    SIDE_FILES("") {
        @Override
        List<ImageEntry> entries(Path folder) throws IOException {
            try (Stream<Path> files = Files.walk(folder)) {
                List<ImageEntry> entries = new ArrayList<>();
                for (Path image : files.filter(Files::isRegularFile)
                        .filter(ImageFiles::isImage)
                        .sorted()
                        .toList()) {
                    entries.add(new ImageEntry(image, captions(image), label(folder.relativize(image))));
                }
                return entries;
            }
        }

        private Map<String, String> label(Path image) {
            Path folder = image.getParent();
            return folder == null ? Map.of() : Map.of("label", folder.toString().replace('\\', '/'));
        }

        private List<String> captions(Path image) throws IOException {
            String file = image.getFileName().toString();
            Path text = image.resolveSibling(file.substring(0, file.lastIndexOf('.')) + ".txt");
            return Files.exists(text) ? nonBlank(TextFile.read(text).lines().toList()) : List.of();
        }
    };

    private static final ObjectMapper JSON = new ObjectMapper();

    final String name;

    Metadata(String name) {
        this.name = name;
    }

    /** Where {@code folder} keeps its captions: in the first of these that it has. */
    static Metadata of(Path folder) {
        return Stream.of(JSON_LINES, CSV)
                .filter(metadata -> Files.exists(folder.resolve(metadata.name)))
                .findFirst()
                .orElse(SIDE_FILES);
    }

    /** The images of {@code folder} with their captions; whether the images exist is not looked at. */
    abstract List<ImageEntry> entries(Path folder) throws IOException;

    private static ImageEntry entry(Path folder, Map<String, String> row, List<String> captions, String where) {
        Map<String, String> fields = new HashMap<>(row);
        fields.remove("text");
        String file = fields.remove("file_name");
        if (file == null || file.isBlank()) {
            throw new DatasetException(where + " has no file_name");
        }
        return new ImageEntry(folder.resolve(file), nonBlank(captions), fields);
    }

    private static List<String> nonBlank(List<String> captions) {
        return captions.stream()
                .map(String::strip)
                .filter(caption -> !caption.isEmpty())
                .toList();
    }
}
