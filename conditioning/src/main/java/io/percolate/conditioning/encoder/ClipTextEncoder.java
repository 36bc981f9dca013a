package io.percolate.conditioning.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.GradientCheckpointing;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchArray;
import io.percolate.nn.layers.Embedding;
import io.percolate.nn.layers.Initializer;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.LayerNorm;
import io.percolate.nn.layers.Linear;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.LoadReport;
import io.percolate.weights.tensors.StateDict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The text transformer of CLIP (Radford et al. 2021, section 2.4), as transformers defines {@code
 * CLIPTextModel} and {@code CLIPTextModelWithProjection}; its parameter names are the published ones.
 *
 * <p>Attention is causal and nothing else is masked: padding is read like words. Trainable. Thread-safe once
 * its parameters are set.
 */
public final class ClipTextEncoder extends Layer {

    private final TextEncoderConfig config;
    private final Embedding words;
    private final Embedding positions;
    private final List<TextLayer> layers;
    private final LayerNorm finalNorm;
    private final Optional<Linear> projection;

    /** The network without values: {@link #initialise} it or load weights. */
    public ClipTextEncoder(TextEncoderConfig config) {
        this.config = config;
        int width = config.width();
        words = child("text_model.embeddings.token_embedding", new Embedding(config.vocabularySize(), width, 0.02));
        positions =
                child("text_model.embeddings.position_embedding", new Embedding(config.positionCount(), width, 0.01));
        layers = IntStream.range(0, config.layerCount())
                .mapToObj(i -> child("text_model.encoder.layers." + i, new TextLayer(config.transformer())))
                .toList();
        finalNorm = child(
                "text_model.final_layer_norm",
                new LayerNorm(width, config.transformer().layerNormEps()));
        projection = Optional.of(config)
                .filter(shape -> shape.projection().present())
                .map(shape -> child("text_projection", projection(shape)));
    }

    /**
     * Reads {@code config.json} and the weights of a published folder, whatever their form; the parameters may be
     * read-only views of the file.
     *
     * @throws io.percolate.weights.tensors.WeightsException if a file is missing or does not fit
     */
    public static ClipTextEncoder load(Path folder, NDManager manager) {
        return TextEncoderFiles.load(folder, manager);
    }

    /** An encoder with the tensors of {@code dict}, with or without the prefix {@code text_model}. */
    public static ClipTextEncoder load(TextEncoderConfig config, StateDict dict, NDManager manager) {
        return TextEncoderFiles.load(config, dict, manager);
    }

    /** The tensors of {@code dict} that are a text encoder's, all with the prefix {@code text_model} where it belongs. */
    public static StateDict tensors(StateDict dict) {
        return TextEncoderFiles.ours(dict);
    }

    /** How {@code dict}, with or without the prefix {@code text_model}, fits an encoder; nothing is read. */
    public static LoadReport compare(TextEncoderConfig config, StateDict dict) {
        return TextEncoderFiles.compare(config, dict);
    }

    /** Writes {@code config.json} and {@code model.safetensors} as transformers does, in float32, float16 or bfloat16. */
    public void save(Path folder, ElementType type) {
        TextEncoderFiles.save(this, folder, type);
    }

    private static Linear projection(TextEncoderConfig config) {
        Initializer initializer = Initializer.normal(1 / Math.sqrt(config.width()));
        return new Linear(config.width(), config.projection().width(), false, initializer);
    }

    /** Its shape. */
    public TextEncoderConfig config() {
        return config;
    }

    /** The vectors of its tokens. */
    public Embedding words() {
        return words;
    }

    /** ids (B,L), whole numbers; computes in {@code precision}, whatever the parameters' own. */
    public TextStates forward(NDArray ids, Precision precision) {
        requireIds(ids.getShape());
        return use(() -> states(ids, precision));
    }

    private TextStates states(NDArray ids, Precision precision) {
        List<NDArray> hidden = new ArrayList<>();
        hidden.add(embed(ids, precision));
        for (TextLayer layer : layers) {
            hidden.add(layer.forward(hidden.get(hidden.size() - 1)));
        }
        NDArray last = GradientCheckpointing.cut(finalNorm.forward(hidden.get(hidden.size() - 1)));
        NDArray pooled = pool(last, ids);
        return new TextStates(hidden, last, pooled, projection.map(layer -> layer.forward(pooled)));
    }

    /** The final layer normalisation, which an earlier state gets when layers are skipped; x (B,L,D). */
    public NDArray normalise(NDArray x) {
        return use(() -> finalNorm.forward(x));
    }

    private NDArray embed(NDArray ids, Precision precision) {
        return Scope.keep(() -> {
            NDArray order = TorchArray.of(
                    ids.getManager(), LongStream.range(0, ids.getShape().get(1)).toArray());
            return Aten.to(words.forward(ids).add(positions.forward(order)), precision);
        });
    }

    private NDArray pool(NDArray states, NDArray ids) {
        return Scope.keep(() -> {
            NDArray rows = TorchArray.of(ids.getManager(), pooledRows(ids));
            return Aten.embedding(states.reshape(-1, config.width()), rows);
        });
    }

    private long[] pooledRows(NDArray ids) {
        int length = (int) ids.getShape().get(1);
        long[] values = ids.toType(DataType.INT64, false).toLongArray();
        return IntStream.range(0, values.length / length)
                .mapToLong(row -> (long) row * length
                        + config.vocabulary()
                                .tokens()
                                .pooledPosition(Arrays.copyOfRange(values, row * length, (row + 1) * length)))
                .toArray();
    }

    private void requireIds(Shape shape) {
        if (shape.dimension() != 2 || shape.get(1) > config.positionCount()) {
            throw new IllegalArgumentException(
                    "token ids " + shape + " but this text encoder reads (B,L) with L at most " + config.positionCount()
                            + ": does the tokenizer belong to it?");
        }
    }
}
