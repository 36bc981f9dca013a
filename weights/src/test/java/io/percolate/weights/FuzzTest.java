package io.percolate.weights;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.files.BadFileException;
import io.percolate.files.JsonConfig;
import io.percolate.weights.pickle.PickleText;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files damaged at random, always in the same way, are read or refused in one line: nothing else happens, and soon. */
class FuzzTest {

    /** Time of the processor, which does not count what other programs take. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final long LONGEST_NANOS = 5_000_000_000L;

    @TempDir
    Path folder;

    private final NDManager manager = Engine.getEngine("PyTorch").newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void damagedSafetensors() throws IOException {
        Path file = folder.resolve("x.safetensors");
        SafeTensors.write(
                file,
                Map.of(
                        "a",
                        manager.ones(new Shape(2, 3)),
                        "b",
                        manager.create(new long[] {1, 2}),
                        "c",
                        manager.create(1f)),
                Map.of("key", "value"),
                ElementType.BF16);
        fuzz(2000, file, Files.readAllBytes(file), this::readAll);
    }

    @Test
    void damagedOldTorchFiles() throws IOException {
        Map<String, float[]> storages = new LinkedHashMap<>();
        storages.put("11", new float[6]);
        storages.put("22", new float[4]);
        fuzz(2000, folder.resolve("x.ckpt"), PickleText.legacy(twoTensors(), storages), this::readAll);
    }

    @Test
    void damagedTorchZips() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("x/data.pkl", twoTensors());
        entries.put("x/byteorder", "little".getBytes());
        entries.put("x/data/11", new byte[24]);
        entries.put("x/data/22", new byte[16]);
        fuzz(1000, folder.resolve("x.ckpt"), PickleText.zip(entries), this::readAll);
    }

    @Test
    void damagedConfigs() throws IOException {
        Path published = Path.of(System.getProperty("percolate.testdata"), "sd1-tiny/unet/config.json");
        fuzz(2000, folder.resolve("config.json"), Files.readAllBytes(published), path -> {
            JsonConfig config = JsonConfig.read(path);
            config.integers("block_out_channels", 4);
            config.strings("down_block_types");
            config.number("norm_eps");
            config.refuseUnread(Map.of());
        });
    }

    @Test
    void damagedIndexes() throws IOException {
        Map<String, NDArray> tensors = Map.of("a", manager.ones(new Shape(1)));
        SafeTensors.write(folder.resolve("a.safetensors"), tensors, Map.of(), ElementType.F32);
        Path file = folder.resolve("model.safetensors.index.json");
        JsonConfig.of(Map.of("weight_map", Map.of("a", "a.safetensors"))).write(file);
        fuzz(500, file, Files.readAllBytes(file), this::readAll);
    }

    private static byte[] twoTensors() {
        PickleText text = new PickleText().op("\u0080\2}(").text("state_dict").op("}(");
        text.text("a").tensor("FloatStorage", "11", 6, new long[] {2, 3}, new long[] {3, 1}, "N");
        text.text("b").tensor("FloatStorage", "22", 4, new long[] {2, 2}, new long[] {1, 2}, "N");
        return text.op("u").text("epoch").integer(3).op("u.").bytes();
    }

    private void readAll(Path file) {
        try (StateDict dict = WeightFile.open(file)) {
            for (String name : dict.names()) {
                dict.read(manager, name).close();
            }
        }
    }

    private static void fuzz(int mutations, Path file, byte[] whole, Reader reader) throws IOException {
        Random random = new Random(1);
        List<String> refusals = new ArrayList<>();
        long longest = 0;
        for (int i = 0; i < mutations; i++) {
            Files.write(file, mutate(whole, random));
            long start = THREADS.getCurrentThreadCpuTime();
            try {
                reader.read(file);
            } catch (BadFileException e) {
                refusals.add(e.getMessage());
            } catch (RuntimeException | Error e) {
                throw new AssertionError("mutation " + i + " ended in " + e, e);
            }
            longest = Math.max(longest, THREADS.getCurrentThreadCpuTime() - start);
        }
        assertThat(longest).isLessThan(LONGEST_NANOS);
        assertThat(refusals).hasSizeGreaterThan(mutations / 10);
        assertThat(refusals)
                .allMatch(message -> message.startsWith(file.getParent().toString()) && !message.contains("\n"));
    }

    private static byte[] mutate(byte[] whole, Random random) {
        byte[] damaged = whole.clone();
        for (int count = 1 + random.nextInt(4); count > 0; count--) {
            int at = random.nextInt(damaged.length);
            int length = Math.min(damaged.length - at, 1 + random.nextInt(8));
            switch (random.nextInt(7)) {
                case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> damaged[at] = (byte) random.nextInt(256);
                case 2 -> Arrays.fill(damaged, at, at + length, (byte) (random.nextBoolean() ? -1 : 0));
                case 3 -> damaged[at] = (byte) ('0' + random.nextInt(10));
                case 4 -> damaged = Arrays.copyOf(damaged, Math.max(1, at));
                case 5 -> damaged = spliced(damaged, at, at + length, new byte[0]);
                default -> damaged = spliced(damaged, at, at, Arrays.copyOfRange(damaged, at, at + length));
            }
        }
        return damaged;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] middle) {
        if (bytes.length - (to - from) + middle.length == 0) {
            return bytes;
        }
        byte[] result = new byte[bytes.length - (to - from) + middle.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(middle, 0, result, from, middle.length);
        System.arraycopy(bytes, to, result, from + middle.length, bytes.length - to);
        return result;
    }

    /** Reads everything in a file. */
    private interface Reader {

        void read(Path file);
    }
}
