package io.percolate.weights.safetensors;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.percolate.files.Json;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.FileRegion;
import io.percolate.weights.tensors.FileTensor;
import io.percolate.weights.tensors.StoredTensor;
import io.percolate.weights.tensors.TensorInfo;
import io.percolate.weights.tensors.WeightsException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON at the start of a safetensors file: what is in it and where.
 *
 * <p>Holds to the format's rules, which leave one reading for every file: names occur once, and the tensors
 * fill the data exactly, without overlap or hole.
 */
final class SafeTensorsHeader {

    /** A tensor and its bytes, counted from the end of the header. */
    private record Extent(TensorInfo info, long begin, long end) {}

    private static final int LARGEST_RANK = 16;

    private final String source;
    private final long bytes;
    private final Map<String, Extent> extents = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private SafeTensorsHeader(String source, long bytes) {
        this.source = source;
        this.bytes = bytes;
    }

    /** Parses the header of a file of {@code fileBytes} bytes. */
    static SafeTensorsHeader parse(String source, byte[] json, long fileBytes) {
        SafeTensorsHeader header = new SafeTensorsHeader(source, Long.BYTES + json.length);
        try (JsonParser parser = Json.FACTORY.createParser(json)) {
            header.readAll(parser);
        } catch (IOException e) {
            throw new WeightsException(Json.malformed(source, e).getMessage(), e);
        }
        header.requireExactCover(fileBytes - header.bytes);
        return header;
    }

    /** The tensors of {@code file}, in the order of the header. */
    Map<String, StoredTensor> tensors(Path file, FileChannel channel) {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        extents.forEach((name, extent) -> {
            FileRegion region = new FileRegion(file, channel, bytes + extent.begin(), extent.end() - extent.begin());
            tensors.put(name, new FileTensor(extent.info(), region));
        });
        return tensors;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    private void readAll(JsonParser json) throws IOException {
        require(json.nextToken() == JsonToken.START_OBJECT, "the header is not a JSON object");
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            require(json.nextToken() == JsonToken.START_OBJECT, "%s is not described by a JSON object", name);
            if (name.equals("__metadata__")) {
                readMetadata(json);
            } else {
                extents.put(name, readExtent(name, json));
            }
        }
        require(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null, "text follows the header");
    }

    private void readMetadata(JsonParser json) throws IOException {
        for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            require(json.nextToken() == JsonToken.VALUE_STRING, "the metadata %s is not a text", key);
            metadata.put(key, json.getText());
        }
    }

    private Extent readExtent(String name, JsonParser json) throws IOException {
        ElementType type = null;
        long[] shape = null;
        long[] offsets = null;
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "dtype" -> type = elementType(name, json);
                case "shape" -> shape = integers(name + ": shape", json);
                case "data_offsets" -> offsets = integers(name + ": data_offsets", json);
                default -> json.skipChildren();
            }
        }
        require(type != null && shape != null && offsets != null, "%s lacks dtype, shape or data_offsets", name);
        require(offsets.length == 2, "%s has %d data_offsets but needs 2", name, offsets.length);
        return extent(name, type, shape, offsets);
    }

    private Extent extent(String name, ElementType type, long[] shape, long[] offsets) {
        require(Arrays.stream(shape).allMatch(d -> d >= 0), "%s has the shape %s", name, Arrays.toString(shape));
        TensorInfo info = info(name, type, shape);
        long bytes = offsets[1] - offsets[0];
        require(
                0 <= offsets[0] && offsets[0] <= offsets[1] && bytes == info.bytes(),
                "%s %s of %s needs %d bytes but its data_offsets are %s",
                name,
                info.shape(),
                type,
                info.bytes(),
                Arrays.toString(offsets));
        return new Extent(info, offsets[0], offsets[1]);
    }

    private TensorInfo info(String name, ElementType type, long[] shape) {
        try {
            return new TensorInfo(name, type, new Shape(shape));
        } catch (WeightsException e) {
            throw new WeightsException(source + ": " + e.getMessage(), e);
        }
    }

    private ElementType elementType(String name, JsonParser json) throws IOException {
        String text = json.getValueAsString("");
        for (ElementType type : ElementType.values()) {
            if (type.name().equals(text)) {
                return type;
            }
        }
        throw error("%s has the unknown dtype %s, known are %s", name, text, Arrays.toString(ElementType.values()));
    }

    private long[] integers(String what, JsonParser json) throws IOException {
        require(json.currentToken() == JsonToken.START_ARRAY, "%s is not a list", what);
        List<Long> values = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(json.currentToken() == JsonToken.VALUE_NUMBER_INT, "%s holds what is no integer", what);
            require(values.size() < LARGEST_RANK, "%s has more than %d values", what, LARGEST_RANK);
            values.add(json.getLongValue());
        }
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    private void requireExactCover(long dataBytes) {
        List<Extent> sorted = new ArrayList<>(extents.values());
        sorted.sort(Comparator.comparingLong(Extent::begin).thenComparingLong(Extent::end));
        long end = 0;
        for (Extent extent : sorted) {
            String name = extent.info().name();
            require(
                    extent.end() <= dataBytes,
                    "%s ends at byte %d of %d: the file is cut short or its header is wrong",
                    name,
                    extent.end(),
                    dataBytes);
            require(extent.begin() >= end, "%s begins at byte %d, inside another tensor", name, extent.begin());
            require(extent.begin() == end, "%s begins at byte %d, after a hole from %d", name, extent.begin(), end);
            end = extent.end();
        }
        require(end == dataBytes, "the tensors end at byte %d but the data has %d bytes", end, dataBytes);
    }

    private void require(boolean condition, String message, Object... values) {
        if (!condition) {
            throw error(message, values);
        }
    }

    private WeightsException error(String message, Object... values) {
        return new WeightsException(source + ": " + message.formatted(values));
    }
}
