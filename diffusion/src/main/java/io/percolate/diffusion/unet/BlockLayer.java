package io.percolate.diffusion.unet;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.AttentionBlock;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.ResnetBlock;
import io.percolate.nn.layers.SpatialTransformer;

/** A part of a U-Net that works at one resolution: residual blocks, each perhaps followed by attention. */
abstract class BlockLayer extends Layer {

    private final UNetConfig config;
    private final Level level;

    BlockLayer(UNetConfig config, Level level) {
        this.config = config;
        this.level = level;
    }

    /** A residual block and the attention after it. */
    record Block(ResnetBlock resnet, Attended attention) {

        NDArray forward(NDArray x, BlockInputs inputs) {
            return Scope.keep(() -> attention.forward(resnet.forward(x, inputs.time()), inputs.context()));
        }
    }

    /** Attention over a feature map (B,C,H,W) and perhaps the context. */
    @FunctionalInterface
    interface Attended {
        NDArray forward(NDArray x, NDArray context);
    }

    /** The block number {@code index}, from {@code in} channels to the level's. */
    final Block block(int index, int in) {
        return new Block(resnet(index, in), attention(index));
    }

    /** The residual block number {@code index}, from {@code in} channels to the level's. */
    final ResnetBlock resnet(int index, int in) {
        ResnetConfig resnets = config.resnets();
        ResnetBlock.Style style = new ResnetBlock.Style(
                resnets.normGroups(), resnets.normEps(), config.timeWidth(), resnets.timeUse(), resnets.dropout());
        return child("resnets." + index, new ResnetBlock(in, level.channels(), style));
    }

    /** The attention number {@code index}, if the level has any. */
    final Attended attention(int index) {
        return switch (level.attention()) {
            case NONE -> (x, context) -> x;
            case PIXELS -> {
                AttentionBlock block = child("attentions." + index, pixelAttention());
                yield (x, context) -> block.forward(x);
            }
            case CONTEXT -> child("attentions." + index, transformer())::forward;
        };
    }

    private AttentionBlock pixelAttention() {
        ResnetConfig resnets = config.resnets();
        long headDim = level.channels() / level.headCount();
        return new AttentionBlock(level.channels(), headDim, resnets.normGroups(), resnets.normEps());
    }

    private SpatialTransformer transformer() {
        TransformerConfig style = config.transformers();
        return new SpatialTransformer(
                level.channels(),
                level.headCount(),
                level.depth(),
                new SpatialTransformer.Style(
                        config.resnets().normGroups(),
                        style.contextWidth(),
                        style.linearProjection(),
                        level.onlyContext()));
    }
}
