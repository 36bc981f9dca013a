package io.percolate.diffusion.unet;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.layers.Downsample;
import java.util.List;
import java.util.stream.IntStream;

/** One level on the way down: its blocks, then half the resolution unless it is the coarsest. */
final class DownBlock extends BlockLayer {

    private final List<Block> blocks;
    private final Downsample downsample;

    DownBlock(UNetConfig config, int index) {
        super(config, config.levels().get(index));
        List<Level> levels = config.levels();
        Level level = levels.get(index);
        int in = levels.get(Math.max(index - 1, 0)).channels();
        blocks = IntStream.range(0, level.layers())
                .mapToObj(i -> block(i, i == 0 ? in : level.channels()))
                .toList();
        downsample = index == levels.size() - 1
                ? null
                : child(
                        "downsamplers.0",
                        new Downsample(level.channels(), config.resnets().downsamplePadding()));
    }

    /** h (B,C,H,W) to the next level's input; every map on the way is left in {@code skips}. */
    NDArray forward(NDArray h, BlockInputs inputs, Skips skips) {
        NDArray last = h;
        for (Block block : blocks) {
            last = skips.push(block.forward(last, inputs));
        }
        return downsample == null ? last : skips.push(downsample.forward(last));
    }
}
