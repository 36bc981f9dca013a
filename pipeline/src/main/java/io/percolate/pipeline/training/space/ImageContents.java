package io.percolate.pipeline.training.space;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.files.FailureReason;
import io.percolate.pipeline.data.ImageDataset;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The fingerprints of image files, and which of them cannot be read. They are kept in a file of the cache, a line for
 * each image: a file of the same size and time as before is not read again. A line that was not written to its end
 * counts as none.
 */
final class ImageContents {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LINES_AT_ONCE = 1000;

    private final Path index;
    private final Map<String, ImageContent> states = new HashMap<>();
    private final Map<String, String> broken = new HashMap<>();
    private final StringBuilder lines = new StringBuilder();
    private int lineCount;

    private ImageContents(Path index) {
        this.index = index;
    }

    /** What is known of the files of {@code dataset} in the cache {@code folder}. */
    static ImageContents open(Path folder, ImageDataset dataset) {
        ImageContents contents = new ImageContents(folder.resolve("images.jsonl"));
        dataset.entries().forEach(entry -> contents.states.put(ImageContent.name(entry.file()), null));
        if (Files.exists(contents.index)) {
            contents.read();
        }
        return contents;
    }

    /** The fingerprint of {@code file}; nothing if it cannot be opened, which may be different next time. */
    Optional<String> of(Path file) {
        Optional<String> known = known(file);
        return known.isPresent()
                ? known
                : ImageContent.read(file).map(read -> {
                    add(read);
                    return read.content();
                });
    }

    /** The same without reading it; nothing also if it has changed, or was never read. */
    Optional<String> known(Path file) {
        return Optional.ofNullable(states.get(ImageContent.name(file)))
                .filter(known -> known.isOf(file))
                .map(ImageContent::content);
    }

    /** Remembers what was read of a file. */
    void add(ImageContent read) {
        states.put(read.file(), read);
        write(read, "");
    }

    /** Whether an image of this content was found to be no image. */
    boolean isBroken(String content) {
        return broken.containsKey(content);
    }

    /** Remembers that {@code file} is no image. */
    void addBroken(Path file, String reason) {
        ImageContent known = states.get(ImageContent.name(file));
        if (known != null) {
            broken.put(known.content(), reason);
            write(known, reason);
        }
    }

    private void read() {
        try (BufferedReader reader = Files.newBufferedReader(index)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                read(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + index + ": " + e.getMessage(), e);
        }
    }

    private void read(String line) {
        try {
            JsonNode row = JSON.readTree(line);
            String content = row.path("content").asText();
            String file = row.path("file").asText();
            if (states.containsKey(file)) {
                states.put(
                        file,
                        new ImageContent(
                                file,
                                row.path("bytes").asLong(),
                                row.path("modified").asText(),
                                content));
            }
            if (!row.path("broken").asText().isEmpty()) {
                broken.put(content, row.path("broken").asText());
            }
        } catch (JsonProcessingException cutShort) {
            // the program was killed while it wrote this line
        }
    }

    private void write(ImageContent image, String reason) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("file", image.file());
        row.put("bytes", image.bytes());
        row.put("modified", image.modified());
        row.put("content", image.content());
        row.put("broken", reason);
        try {
            lines.append('\n').append(JSON.writeValueAsString(row));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        if (++lineCount % LINES_AT_ONCE == 0) {
            save();
        }
    }

    /** Appends what is new to the file. */
    void save() {
        if (lines.length() > 0) {
            try {
                Files.createDirectories(index.getParent());
                Files.writeString(index, lines.append('\n'), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                lines.setLength(0);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + index + ": " + FailureReason.of(e), e);
            }
        }
    }
}
