package io.percolate.pipeline.training.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.percolate.conditioning.prompts.ImageSizes;
import io.percolate.conditioning.prompts.TextTower;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.pipeline.images.Frame;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Tells captions as text encoders read them that are not trained: each caption is read once, as long as there are not too
 * many. Not thread-safe.
 */
public final class FrozenCaptions implements Conditioning, AutoCloseable {

    /** Some 500 MB of what Stable Diffusion 1 makes of captions. */
    public static final int MOST = 2048;

    private final CaptionConditioning captions;
    private final NDManager manager;
    private final Map<String, DenoiserInputs> known = new HashMap<>();

    /**
     * Has read nothing yet.
     *
     * @param captions reads them
     * @param manager owns what was read
     */
    public FrozenCaptions(CaptionConditioning captions, NDManager manager) {
        this.captions = captions;
        this.manager = manager;
    }

    /** Reads {@code all} now, so that the text encoders are not needed later. */
    public void read(Collection<String> all) {
        inUse(captions.text().towers(), () -> {
            all.stream().distinct().limit(MOST).forEach(caption -> known.computeIfAbsent(caption, this::kept));
            return null;
        });
    }

    private static <T> T inUse(List<TextTower> towers, Supplier<T> body) {
        return towers.isEmpty()
                ? body.get()
                : towers.get(0).encoder().use(() -> inUse(towers.subList(1, towers.size()), body));
    }

    @Override
    public DenoiserInputs encode(List<String> prompts) {
        return encode(prompts, Collections.nCopies(prompts.size(), Frame.whole(captions.size())));
    }

    @Override
    public DenoiserInputs encode(List<String> prompts, List<Frame> frames) {
        return Gradients.off(() -> {
            List<DenoiserInputs> rows = prompts.stream().map(this::row).toList();
            DenoiserInputs inputs = DenoiserInputs.context(joined(rows, DenoiserInputs::context));
            return rows.get(0).pooled() == null
                    ? inputs
                    : inputs.withPooled(joined(rows, DenoiserInputs::pooled), sizes(frames));
        });
    }

    private NDArray sizes(List<Frame> frames) {
        return ImageSizes.rows(frames.stream().map(CaptionConditioning::sizes).toList(), frames.size(), manager);
    }

    private static NDArray joined(List<DenoiserInputs> rows, Function<DenoiserInputs, NDArray> part) {
        return NDArrays.concat(new NDList(rows.stream().map(part).toList()), 0);
    }

    private DenoiserInputs row(String caption) {
        DenoiserInputs row = known.get(caption);
        return row == null ? captions.encode(List.of(caption)) : row;
    }

    private DenoiserInputs kept(String caption) {
        return Gradients.off(() -> Scope.call(() -> {
            DenoiserInputs row = captions.encode(List.of(caption));
            NDArray pooled = row.pooled() == null ? null : own(row.pooled());
            return new DenoiserInputs(own(row.context()), pooled, null, null, null);
        }));
    }

    private NDArray own(NDArray array) {
        NDArray own = array.duplicate();
        own.attach(manager);
        NDScope.unregister(own);
        return own;
    }

    @Override
    public void close() {
        known.values().forEach(DenoiserInputs::close);
    }
}
