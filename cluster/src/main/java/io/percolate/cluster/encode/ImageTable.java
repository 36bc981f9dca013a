package io.percolate.cluster.encode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.cluster.session.TableRows;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Images by a table in JSON lines, CSV or Parquet, with the columns of a folder's metadata: {@code file_name}, from the
 * table's folder on or absolute, and {@code text}, a caption or a list of them.
 */
final class ImageTable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ImageTable() {}

    /**
     * Lists the images; whether they exist is not looked at.
     *
     * @throws IllegalArgumentException if a row has no file_name
     */
    static ImageDataset read(Path table) {
        List<ImageEntry> entries = new ArrayList<>();
        for (String row : TableRows.read(table.toString())) {
            entries.add(entry(table, row, entries.size() + 1));
        }
        return new ImageDataset(table.getParent(), entries);
    }

    private static ImageEntry entry(Path table, String row, int number) {
        try {
            JsonNode values = JSON.readTree(row);
            if (values.path("file_name").asText().isBlank()) {
                throw new IllegalArgumentException(table + ", row " + number + " has no file_name");
            }
            return new ImageEntry(
                    table.resolveSibling(values.path("file_name").asText()),
                    captions(values.path("text")),
                    fields(values));
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(table + ", row " + number + ": " + broken.getOriginalMessage(), broken);
        }
    }

    private static List<String> captions(JsonNode text) {
        List<String> captions = new ArrayList<>();
        if (text.isArray()) {
            text.forEach(caption -> captions.add(caption.asText()));
        } else {
            captions.add(text.asText());
        }
        return captions.stream().filter(caption -> !caption.isBlank()).toList();
    }

    private static Map<String, String> fields(JsonNode values) {
        Map<String, String> fields = new HashMap<>();
        values.properties().forEach(field -> {
            if (!List.of("file_name", "text").contains(field.getKey())
                    && !field.getValue().isNull()) {
                fields.put(field.getKey(), field.getValue().asText());
            }
        });
        return fields;
    }
}
