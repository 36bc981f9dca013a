package io.percolate.diffusion.unet.published;

import static io.percolate.diffusion.unet.published.ConfigKeys.named;
import static io.percolate.diffusion.unet.published.ConfigKeys.require;

import io.percolate.diffusion.unet.BlockAttention;
import io.percolate.diffusion.unet.Level;
import io.percolate.diffusion.unet.MidBlockType;
import io.percolate.diffusion.unet.UNetConfig.Family;
import io.percolate.files.JsonConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** The levels of a published config, from {@code block_out_channels} and the lists beside it. */
final class LevelReader {

    private final JsonConfig json;
    private final ConfigKeys keys;
    private final Family family;
    private final MidBlockType midBlock;
    private final List<Integer> channels;

    LevelReader(JsonConfig json, Family family, MidBlockType midBlock) {
        this.json = json;
        this.family = family;
        this.midBlock = midBlock;
        keys = new ConfigKeys(json);
        channels = json.integers("block_out_channels");
    }

    List<Level> read() {
        List<BlockAttention> attentions = attentions();
        List<Integer> layers = keys.perLevel("layers_per_block", channels.size(), 2);
        List<Integer> headCounts = headCounts(attentions);
        List<Integer> depths = keys.perLevel("transformer_layers_per_block", channels.size(), 1);
        List<Boolean> onlyContext = onlyContext();
        return IntStream.range(0, channels.size())
                .mapToObj(i -> new Level(
                        channels.get(i),
                        layers.get(i),
                        attentions.get(i),
                        headCounts.get(i),
                        depths.get(i),
                        onlyContext.get(i)))
                .toList();
    }

    private List<Boolean> onlyContext() {
        return json.isNull("only_cross_attention")
                ? Collections.nCopies(channels.size(), false)
                : json.flags("only_cross_attention", channels.size());
    }

    private List<BlockAttention> attentions() {
        BlockAttention other = family == Family.CONTEXT ? BlockAttention.CONTEXT : BlockAttention.PIXELS;
        List<BlockAttention> supported = List.of(BlockAttention.NONE, other);
        List<BlockAttention> down = json.strings("down_block_types").stream()
                .map(name -> named("down_block_types", name, supported, BlockAttention::downBlock))
                .toList();
        require(down.size() == channels.size(), "down_block_types and block_out_channels differ in length");
        requireMirrored(down);
        return down;
    }

    private void requireMirrored(List<BlockAttention> down) {
        List<String> up = json.strings("up_block_types");
        List<String> mirrored =
                new ArrayList<>(down.stream().map(BlockAttention::upBlock).toList());
        Collections.reverse(mirrored);
        require(up.equals(mirrored), "up_block_types is " + up + " but must mirror the way down: " + mirrored);
    }

    /** What a conditional config calls {@code attention_head_dim} is the number of heads, elsewhere their width. */
    private List<Integer> headCounts(List<BlockAttention> attentions) {
        if (family == Family.CONTEXT) {
            return keys.perLevel("attention_head_dim", channels.size(), 8);
        }
        if (keys.isExplicitNull("attention_head_dim")) {
            return Collections.nCopies(channels.size(), 1);
        }
        int headDim = json.integer("attention_head_dim", 8);
        require(headDim > 0, "attention_head_dim is " + headDim + " but must be positive");
        return IntStream.range(0, channels.size())
                .mapToObj(i -> headCount(channels.get(i), headDim, attends(attentions, i)))
                .toList();
    }

    private boolean attends(List<BlockAttention> attentions, int level) {
        boolean coarsest = level == channels.size() - 1;
        return attentions.get(level) != BlockAttention.NONE || coarsest && midBlock == MidBlockType.PIXELS;
    }

    private static int headCount(int width, int headDim, boolean attends) {
        require(
                !attends || width % headDim == 0,
                "attention_head_dim is " + headDim + " but must divide the " + width + " channels of its level");
        return Math.max(1, width / headDim);
    }
}
