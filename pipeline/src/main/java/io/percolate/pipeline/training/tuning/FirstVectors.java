package io.percolate.pipeline.training.tuning;

import ai.djl.ndarray.NDArray;
import io.percolate.conditioning.prompts.TextTower;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.TorchArray;
import io.percolate.weights.inversion.InversionWeights;
import io.percolate.weights.layout.ModelPart;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The vectors that a new token begins with: those of the tokens of a word, again from the first if there are fewer.
 *
 * @param word that every text encoder knows
 * @param count how many vectors
 */
record FirstVectors(String word, int count) {

    /** For every text encoder of {@code base}, of which they are copies. */
    InversionWeights of(BaseModel base) {
        Map<ModelPart, NDArray> vectors = new EnumMap<>(ModelPart.class);
        base.towers().forEach((part, tower) -> vectors.put(part, of(tower)));
        return new InversionWeights(vectors);
    }

    private NDArray of(TextTower tower) {
        List<Integer> tokens = tower.tokenizer().words(word);
        if (tokens.isEmpty()) {
            throw new IllegalArgumentException("the tokenizer reads nothing in '" + word + "': give another --init");
        }
        long[] ids = IntStream.range(0, count)
                .mapToLong(i -> tokens.get(i % tokens.size()))
                .toArray();
        return Gradients.off(() -> tower.encoder().use(() -> {
            NDArray table = tower.encoder().words().table();
            NDArray rows = Aten.embedding(table, TorchArray.of(table.getManager(), ids));
            return Aten.to(rows, Precision.FP32);
        }));
    }
}
