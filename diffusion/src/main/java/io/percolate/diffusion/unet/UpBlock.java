package io.percolate.diffusion.unet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.Upsample;
import java.util.List;
import java.util.stream.IntStream;

/** One level on the way up: its blocks, each fed a skip as well, then the finer level's resolution. */
final class UpBlock extends BlockLayer {

    private final List<Block> blocks;
    private final Upsample upsample;

    UpBlock(UNetConfig config, int index) {
        super(config, config.levels().get(index));
        List<Level> levels = config.levels();
        Level level = levels.get(index);
        int below = levels.get(Math.min(index + 1, levels.size() - 1)).channels();
        int above = levels.get(Math.max(index - 1, 0)).channels();
        blocks = IntStream.rangeClosed(0, level.layers())
                .mapToObj(i -> block(
                        i, (i == 0 ? below : level.channels()) + (i == level.layers() ? above : level.channels())))
                .toList();
        upsample = index == 0 ? null : child("upsamplers.0", new Upsample(level.channels()));
    }

    /** h (B,C',H,W), which is freed, to the next level's input. */
    NDArray forward(NDArray h, BlockInputs inputs, Skips skips) {
        NDArray last = h;
        for (Block block : blocks) {
            NDArray below = last;
            last = Scope.keep(() -> block.forward(skips.join(below), inputs));
        }
        return upsample == null ? last : enlarge(last, skips.nextShape());
    }

    /** To the next skip's size, which is not exactly double if the image's is odd. */
    private NDArray enlarge(NDArray h, Shape skip) {
        try (h) {
            return upsample.forward(h, skip.get(2), skip.get(3));
        }
    }
}
