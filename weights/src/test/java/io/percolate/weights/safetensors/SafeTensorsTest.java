package io.percolate.weights.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.files.AtomicFile;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.WeightsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SafeTensorsTest {

    @TempDir
    Path folder;

    private final NDManager manager = Engine.getEngine("PyTorch").newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void everyTypeComesBackAsItWasWritten() {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        arrays.put("float", manager.create(new float[] {1, -2, 0.5f}));
        arrays.put("long", manager.create(new long[] {1L << 40, -3}));
        arrays.put("int", manager.create(new int[] {1 << 20}));
        arrays.put("byte", manager.create(new byte[] {-1, 2}));
        arrays.put("ubyte", manager.create(new byte[] {-1, 2}).toType(DataType.UINT8, false));
        arrays.put("bool", manager.create(new boolean[] {true, false}));
        arrays.put("scalar", manager.create(3f));
        arrays.put("empty", manager.zeros(new Shape(0, 4)));
        arrays.put("transposed", manager.arange(6f).reshape(2, 3).transpose());
        Path file = folder.resolve("a.safetensors");
        SafeTensors.write(file, arrays, Map.of("who", "me"), ElementType.F32);
        try (SafeTensors dict = SafeTensors.open(file)) {
            assertThat(dict.metadata()).isEqualTo(Map.of("format", "pt", "who", "me"));
            assertThat(dict.names()).containsExactlyInAnyOrderElementsOf(arrays.keySet());
            arrays.forEach((name, array) ->
                    assertThat(dict.read(manager, name)).as(name).isEqualTo(array));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"F64", "F32", "F16", "BF16"})
    void floatsKeepTheirValueInEveryFloatType(ElementType type) {
        NDArray values = manager.create(new float[] {1, -2, 0.5f, 0, Float.POSITIVE_INFINITY, Float.NaN, 384});
        Path file = folder.resolve("a.safetensors");
        SafeTensors.write(file, Map.of("x", values), Map.of(), type);
        try (SafeTensors dict = SafeTensors.open(file)) {
            assertThat(dict.info("x").type()).isEqualTo(type);
            assertThat(dict.read(manager, "x").toFloatArray()).isEqualTo(values.toFloatArray());
            assertThat(dict.read(manager, "x", DataType.FLOAT64).toDoubleArray()[2])
                    .isEqualTo(0.5);
        }
    }

    /** Ties in units of the last place of a bfloat16 (2^-7 at 1) and of a float16 (2^-10). */
    @ParameterizedTest
    @CsvSource({
        "BF16, 0x1.01p0, 0x1.00p0",
        "BF16, 0x1.03p0, 0x1.04p0",
        "F16, 0x1.002p0, 0x1p0",
        "F16, 0x1.006p0, 0x1.008p0"
    })
    void roundsTiesToEven(ElementType type, String value, String expected) {
        Path file = folder.resolve("a.safetensors");
        SafeTensors.write(file, Map.of("x", manager.create(Float.parseFloat(value))), Map.of(), type);
        try (SafeTensors dict = SafeTensors.open(file)) {
            assertThat(dict.read(manager, "x").getFloat()).isEqualTo(Float.parseFloat(expected));
        }
    }

    @Test
    void largeFloatTensorsAreMappedAndOutliveTheFile() {
        NDArray values = manager.arange(300_000f).reshape(3, 100_000);
        Path file = folder.resolve("a.safetensors");
        SafeTensors.write(file, Map.of("x", values, "y", values), Map.of(), ElementType.F32);
        NDArray read;
        try (SafeTensors dict = SafeTensors.open(file)) {
            read = dict.read(manager, "x");
        }
        assertThat(read).isEqualTo(values);
    }

    @Test
    void reducedTypesOfLargeTensorsAreReadInPieces() {
        NDArray values = manager.arange(1_200_001f)
                .toType(DataType.INT32, false)
                .mod(256)
                .toType(DataType.FLOAT32, false);
        Path file = folder.resolve("a.safetensors");
        for (ElementType type : new ElementType[] {ElementType.F16, ElementType.BF16}) {
            SafeTensors.write(file, Map.of("x", values), Map.of(), type);
            try (SafeTensors dict = SafeTensors.open(file)) {
                assertThat(dict.read(manager, "x")).isEqualTo(values);
            }
        }
    }

    @Test
    void readingLeavesNothingButTheArray() {
        Path file = folder.resolve("a.safetensors");
        SafeTensors.write(file, Map.of("x", manager.ones(new Shape(4, 4))), Map.of(), ElementType.F16);
        int before = manager.getManagedArrays().size();
        try (SafeTensors dict = SafeTensors.open(file)) {
            dict.read(manager, "x").close();
        }
        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    /** The file is sparse: it takes no room on the disk. */
    @Test
    void tensorsBeyondTwoGigabytesAreFound() throws IOException {
        Path file = file(
                "{\"big\":{\"dtype\":\"U8\",\"shape\":[5000000000],\"data_offsets\":[0,5000000000]},"
                        + "\"x\":{\"dtype\":\"F32\",\"shape\":[20000],\"data_offsets\":[5000000000,5000080000]}}",
                new byte[0]);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer last =
                    ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, 7.5f);
            channel.write(last, channel.size() + 5_000_080_000L - 4);
        }
        try (SafeTensors dict = SafeTensors.open(file)) {
            assertThat(dict.read(manager, "x").getFloat(19_999)).isEqualTo(7.5f);
            assertThatThrownBy(() -> dict.read(manager, "big")).hasMessageContaining("big (5000000000) has over 2 GB");
        }
    }

    @Test
    void sixteenBitIntegersBecomeInts() {
        ByteBuffer data = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) -2)
                .putShort((short) 300);
        Path file = file("{\"x\":{\"dtype\":\"I16\",\"shape\":[2],\"data_offsets\":[0,4]}}", data.array());
        try (SafeTensors dict = SafeTensors.open(file)) {
            assertThat(dict.read(manager, "x").toIntArray()).containsExactly(-2, 300);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}      | needs 8 bytes but its data_offsets are [0, 4]
            {"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}     | has the shape [-1]
            {"x":{"dtype":"F32","shape":[4294967296,4294967296,4],"data_offsets":[0,8]}} | cannot exist
            {"x":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}    | not valid JSON
            {"x":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}  | unknown dtype F8_E4M3, known are [F64
            {"x":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}     | ends at byte 16 of 8
            {"x":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}      | data_offsets are [8, 0]
            {"x":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}     | data_offsets are [-8, 0]
            {"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}      | after a hole from 0
            {"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}      | end at byte 4 but the data has 8
            {"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"y":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}} | y begins at byte 4, inside another tensor
            {"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | Duplicate field 'x'
            {"x":{"dtype":"F32","shape":[2]}}                           | x lacks dtype, shape or data_offsets
            {"x":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}        | shape is not a list
            {"x":3}                                                     | x is not described by a JSON object
            {"__metadata__":{"a":1}}                                    | metadata a is not a text
            {"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} {}   | text follows the header
            [1,2]                                                       | not a JSON object
            {"x":                                                       | not valid JSON
            """)
    void refusesALyingHeader(String header, String message) {
        Path file = file(header, new byte[8]);
        assertThatThrownBy(() -> SafeTensors.open(file))
                .isInstanceOf(WeightsException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void refusesWhatIsNoSafetensorsFile() {
        assertRefused("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3", "run git lfs pull");
        assertRefused("<!DOCTYPE html><html></html>", "a web page");
        assertRefused("PK\003\004zip file", "torch checkpoint");
        assertRefused("\1\2\3", "3 bytes are no safetensors file");
        assertRefused("\377\377\377\377\377\377\377\377{}", "a header of 18446744073709551615 bytes in a file of 10");
        assertRefused("\0\0\0\100\0\0\0\0{}", "at most 100000000 are allowed");
        assertThatThrownBy(() -> SafeTensors.open(folder.resolve("absent")))
                .hasMessageEndingWith("absent: no such file");
    }

    @Test
    void aFailedWriteLeavesThePreviousFile() throws IOException {
        Path file = folder.resolve("a.safetensors");
        SafeTensors.write(file, Map.of("x", manager.ones(new Shape(2))), Map.of(), ElementType.F32);
        byte[] before = Files.readAllBytes(file);
        NDArray closed = manager.ones(new Shape(2));
        StateDict dict = StateDict.of(Map.of("x", closed));
        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write(1);
                    throw new IOException("disk full");
                }))
                .hasMessageEndingWith("disk full");
        closed.close();
        assertThatThrownBy(() -> SafeTensors.write(file, dict, Map.of(), null, manager))
                .isNotNull();
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(folder).isDirectoryContaining(file::equals).isDirectoryNotContaining(f -> !f.equals(file));
    }

    @Test
    void viewsRenameAndSelect() {
        NDArray one = manager.create(1f);
        StateDict dict = StateDict.of(Map.of("unet.a", one, "unet.b", one, "vae.a", one));
        assertThat(dict.under("unet.").names()).containsExactlyInAnyOrder("a", "b");
        assertThat(dict.under("vae.").withPrefix("x.").info("x.a").name()).isEqualTo("x.a");
        assertThat(dict.without("vae.a").without("absent").names()).containsExactlyInAnyOrder("unet.a", "unet.b");
        assertThatThrownBy(() -> dict.info("c")).hasMessageEndingWith("no tensor is called c");
    }

    private void assertRefused(String content, String message) {
        Path file = folder.resolve("bad.safetensors");
        AtomicFile.write(file, out -> out.write(content.getBytes(StandardCharsets.ISO_8859_1)));
        assertThatThrownBy(() -> SafeTensors.open(file))
                .isInstanceOf(WeightsException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message);
    }

    private Path file(String header, byte[] data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve("case.safetensors");
        ByteBuffer length =
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, json.length);
        AtomicFile.write(file, out -> {
            out.write(length.array());
            out.write(json);
            out.write(data);
        });
        return file;
    }
}
