package io.percolate.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.weights.safetensors.SafeTensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The reference numbers, and the closed-form network they were computed with. */
public final class Reference {

    private Reference() {}

    /** tanh(0.7 x + 0.3 sin(t / 90)), read as whatever the case says. */
    public static NDArray network(NDArray x, double timestep) {
        return x.mul(0.7).add(0.3 * Math.sin(timestep / 90)).tanh();
    }

    public static Path path(String name) {
        return Path.of(System.getProperty("percolate.testdata"), name);
    }

    /** The list of cases in a JSON file. */
    public static List<Map<String, Object>> cases(Path file) {
        try {
            return new ObjectMapper().readValue(file.toFile(), new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static SafeTensors tensors(String name) {
        return SafeTensors.open(path(name));
    }

    public static NDArray doubles(SafeTensors file, NDManager manager, String name) {
        return file.read(manager, name, DataType.FLOAT64);
    }
}
