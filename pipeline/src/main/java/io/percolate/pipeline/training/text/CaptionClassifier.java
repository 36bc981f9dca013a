package io.percolate.pipeline.training.text;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.conditioning.prompts.TextTower;
import io.percolate.conditioning.tokenizer.Tokens;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.Embedding;
import io.percolate.nn.layers.Layer;
import java.util.List;

/**
 * Tells which of N images a caption belongs to: by the cosine between the text's projected state and one learned vector
 * for each image, as a softmax (Wu et al. 2018, "Unsupervised Feature Learning via Non-Parametric Instance
 * Discrimination", eq. 2, with captions in place of views). So words that are said of the same image come to mean the
 * same, and a denoiser that knows the one understands the other.
 */
final class CaptionClassifier extends Layer {

    private static final double EPS = 1e-6;

    private final TextTower text;
    private final Embedding images;
    private final double temperature;

    /**
     * One whose vectors have no values yet.
     *
     * @param text reads the captions; its encoder has a projection
     * @param count N
     * @param temperature what cosines are divided by
     */
    CaptionClassifier(TextTower text, int count, double temperature) {
        this.text = text;
        this.temperature = temperature;
        int width = text.encoder().config().projection().width();
        images = child("images", new Embedding(count, width, 1 / Math.sqrt(width)));
    }

    /** Mean cross-entropy of captions, a scalar; {@code targets} (B,N) is 1 at each one's image, 0 elsewhere. */
    NDArray loss(List<String> captions, NDArray targets, Precision precision) {
        return Scope.keep(() -> {
            NDArray likelihoods = cosines(captions, targets.getManager(), precision);
            NDArray chosen =
                    Aten.scale(likelihoods, 1 / temperature).logSoftmax(1).mul(targets);
            return Aten.scale(chosen.sum(), -1.0 / captions.size());
        });
    }

    /** How alike each caption and each image are, (B,N), -1 to 1. */
    NDArray cosines(List<String> captions, NDManager manager, Precision precision) {
        return Scope.keep(() -> {
            NDArray states = text.encoder()
                    .forward(ids(captions, manager), precision)
                    .projected()
                    .orElseThrow();
            return Aten.unitRows(Aten.to(states, Precision.FP32), EPS)
                    .matMul(Aten.unitRows(images.table(), EPS).transpose());
        });
    }

    /** Up to the last token of the longest caption: attention is causal, so nothing before it sees what comes after. */
    private NDArray ids(List<String> captions, NDManager manager) {
        List<Tokens> tokens = captions.stream().map(text.tokenizer()::encode).toList();
        int longest = tokens.stream().mapToInt(Tokens::count).max().orElseThrow();
        return Tokens.batch(tokens, manager).get(":, :" + longest);
    }
}
