package io.percolate.weights.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.WeightsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {

    @TempDir
    Path folder;

    private final NDManager manager = Engine.getEngine("PyTorch").newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void groupsAndProgressComeBack() {
        Path file = folder.resolve("run/checkpoint.safetensors");
        NDArray weights = manager.create(new float[] {1, 0.1f, -3});
        NDArray steps = manager.create(new long[] {12});
        Checkpoint.save(
                file,
                Map.of("model", Map.of("a.weight", weights), "moments", Map.of("a.weight", weights.mul(2), "t", steps)),
                Map.of("step", 1200, "seed", Long.MAX_VALUE, "bestLoss", 0.125, "latest", Double.NaN));
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThat(checkpoint.group("model").read(manager, "a.weight")).isEqualTo(weights);
            assertThat(checkpoint.group("moments").names()).containsExactlyInAnyOrder("a.weight", "t");
            assertThat(checkpoint.group("moments").read(manager, "t")).isEqualTo(steps);
            assertThat(checkpoint.group("average").names()).isEmpty();
            assertThat(checkpoint.progress().integer("step")).isEqualTo(1200);
            assertThat(checkpoint.progress().longInteger("seed")).isEqualTo(Long.MAX_VALUE);
            assertThat(checkpoint.progress().number("bestLoss")).isEqualTo(0.125);
            assertThat(checkpoint.progress().number("latest")).isNaN();
        }
    }

    @Test
    void thePreviousOneStaysUntilTheNewOneIsComplete() throws IOException {
        Path file = folder.resolve("checkpoint.safetensors");
        NDArray closed = manager.ones(new Shape(3));
        Checkpoint.save(file, Map.of("model", Map.of("a", closed)), Map.of("step", 1));
        byte[] before = Files.readAllBytes(file);
        NDArray good = manager.ones(new Shape(1000));
        closed.close();
        assertThatThrownBy(
                        () -> Checkpoint.save(file, Map.of("model", Map.of("a", good, "z", closed)), Map.of("step", 2)))
                .isInstanceOf(RuntimeException.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThat(checkpoint.progress().integer("step")).isEqualTo(1);
        }
    }

    @Test
    void whatIsResumedMayBeWritten() {
        Path file = folder.resolve("checkpoint.safetensors");
        Checkpoint.save(file, Map.of("moments", Map.of("a", manager.ones(new Shape(50_000)))), Map.of());
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            NDArray moment = checkpoint.group("moments").read(manager, "a");
            moment.muli(3);
            assertThat(moment.getFloat(49_999)).isEqualTo(3);
            assertThat(checkpoint.group("moments").read(manager, "a").getFloat(0))
                    .isEqualTo(1);
        }
    }

    @Test
    void aByteThatChangedAnywhereIsFound() throws IOException {
        Path file = folder.resolve("checkpoint.safetensors");
        NDArray weights = manager.create(new float[] {1, 0.1f, -3});
        Checkpoint.save(file, Map.of("model", Map.of("a", weights)), Map.of("step", 12));
        byte[] whole = Files.readAllBytes(file);
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        for (int place : new int[] {whole.length - 1, whole.length - 9, text.indexOf("12")}) {
            byte[] damaged = whole.clone();
            damaged[place] ^= 1;
            Files.write(file, damaged);
            assertThatThrownBy(() -> Checkpoint.open(file))
                    .isInstanceOf(WeightsException.class)
                    .hasMessageContaining(file + ": damaged");
        }
    }

    @Test
    void plainWeightsAreNoCheckpoint() {
        Path file = folder.resolve("plain.safetensors");
        SafeTensors.write(file, Map.of("a", manager.ones(new Shape(1))), Map.of(), ElementType.F32);
        assertThatThrownBy(() -> Checkpoint.open(file)).hasMessageContaining("no training state, only weights");
    }
}
