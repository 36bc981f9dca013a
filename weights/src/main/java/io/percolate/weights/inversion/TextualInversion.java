package io.percolate.weights.inversion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.weights.WeightFile;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.WeightsException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A new token and the vectors that were learned for it (Gal et al. 2022, section 4), in one of four forms: a tensor called
 * as the token (diffusers), {@code string_to_param} of a torch checkpoint or {@code emb_params} (the web interface), or
 * {@code clip_l} and {@code clip_g} for Stable Diffusion XL's two text encoders.
 *
 * <p>Closing it closes the file.
 */
public final class TextualInversion implements AutoCloseable {

    private static final Map<String, ModelPart> XL_PARTS =
            Map.of("clip_l", ModelPart.TEXT_ENCODER, "clip_g", ModelPart.TEXT_ENCODER_2);

    private static final Set<String> NAMELESS = Set.of("emb_params", "*");

    private final StateDict dict;
    private final String token;

    private TextualInversion(StateDict dict, String token) {
        this.dict = dict;
        this.token = token;
        dict.names().forEach(this::requireVectors);
    }

    /**
     * Opens {@code file}.
     *
     * @param token what to call it in prompts, in place of what the file says or, where it does not, of its own name
     * @throws WeightsException if it is no textual inversion
     */
    public static TextualInversion open(Path file, Optional<String> token) {
        StateDict dict = WeightFile.open(file);
        try {
            requireOne(dict);
            return new TextualInversion(dict, token.orElseGet(() -> ownToken(file, dict)));
        } catch (RuntimeException e) {
            dict.close();
            throw e;
        }
    }

    private static String ownToken(Path file, StateDict dict) {
        String first = dict.names().iterator().next();
        if (!NAMELESS.contains(first) && !XL_PARTS.containsKey(first)) {
            return first;
        }
        String stem = file.getFileName().toString().replaceFirst("\\.[^.]+$", "");
        return dict.metadata().getOrDefault("name", stem);
    }

    /** What stands for it in prompts. */
    public String token() {
        return token;
    }

    /** Where it comes from, for messages. */
    public String source() {
        return dict.source();
    }

    /** Widths of the vectors, for messages. */
    public String widths() {
        return String.join(
                " and ",
                dict.names().stream().map(name -> String.valueOf(width(name))).toList());
    }

    /** How many vectors there are for a text encoder of {@code width}: 0 if none fit it. */
    public int vectorCount(ModelPart part, int width) {
        return tensor(part, width).map(this::count).orElse(0);
    }

    /** The vectors (N,D) for a text encoder of {@code width} D, in float32. */
    public NDArray vectors(ModelPart part, int width, NDManager manager) {
        String name = tensor(part, width).orElseThrow();
        NDArray vectors = dict.copy(manager, name, DataType.FLOAT32);
        return vectors.reshape(new Shape(count(name), width));
    }

    @Override
    public void close() {
        dict.close();
    }

    private Optional<String> tensor(ModelPart part, int width) {
        return dict.names().stream()
                .filter(name -> XL_PARTS.getOrDefault(name, part) == part)
                .filter(name -> width(name) == width)
                .findFirst();
    }

    private int count(String name) {
        Shape shape = dict.info(name).shape();
        return shape.dimension() == 1 ? 1 : Math.toIntExact(shape.get(0));
    }

    private long width(String name) {
        return dict.info(name).shape().getLastDimension();
    }

    private static void requireOne(StateDict dict) {
        Set<String> names = dict.names();
        if (names.size() > 1 && !XL_PARTS.keySet().containsAll(names)) {
            throw new WeightsException(dict.source() + ": " + names.size() + " tensors, the first called "
                    + names.iterator().next() + ", which is no textual inversion: that has one, or clip_l and clip_g");
        }
    }

    private void requireVectors(String name) {
        Shape shape = dict.info(name).shape();
        if (shape.dimension() < 1 || shape.dimension() > 2 || shape.size() == 0) {
            throw new WeightsException(dict.source() + ": " + name + " " + shape
                    + " is no textual inversion, which has vectors (N,D), or one (D)");
        }
    }
}
