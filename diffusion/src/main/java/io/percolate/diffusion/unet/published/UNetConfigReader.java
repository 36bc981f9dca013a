package io.percolate.diffusion.unet.published;

import io.percolate.diffusion.unet.BlockAttention;
import io.percolate.diffusion.unet.ClassLabels;
import io.percolate.diffusion.unet.Level;
import io.percolate.diffusion.unet.MidBlockType;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.diffusion.unet.UNetConfig.Blocks;
import io.percolate.diffusion.unet.UNetConfig.Family;
import io.percolate.diffusion.unet.UNetConfig.PooledText;
import io.percolate.diffusion.unet.UNetConfig.Time;
import io.percolate.diffusion.unet.UNetConfig.Transformers;
import io.percolate.files.JsonConfig;
import io.percolate.nn.layers.Downsample.Padding;
import io.percolate.nn.layers.ResnetBlock.TimeUse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A published config, understood; what is absent has the default of its class in diffusers. */
final class UNetConfigReader {

    private static final String CLASS_WIDTH = "projection_class_embeddings_input_dim";

    private final JsonConfig json;
    private final Family family;
    private final List<Integer> channels;

    UNetConfigReader(JsonConfig json) {
        this.json = json;
        family = named("_class_name", json.string("_class_name"), List.of(Family.values()), Family::className);
        channels = json.integers("block_out_channels");
        PublishedOptions.AVERAGING.forEach(json::isNull);
    }

    UNetConfig config() {
        int defaultChannels = family == Family.CONTEXT ? 4 : 3;
        return new UNetConfig(
                family,
                sampleSize(),
                json.integer("in_channels", defaultChannels),
                json.integer("out_channels", defaultChannels),
                levels(),
                middle(),
                blocks(),
                transformers(),
                time(),
                classes(),
                pooledText(),
                json.flag("center_input_sample", false));
    }

    /** A list is height and width, of which diffusers takes the first. */
    private OptionalInt sampleSize() {
        return json.isList("sample_size")
                ? OptionalInt.of(json.integers("sample_size", 2).get(0))
                : optional("sample_size");
    }

    private List<Level> levels() {
        List<BlockAttention> attentions = attentions();
        List<Integer> layers = perLevel("layers_per_block", 2);
        List<Integer> headCounts = headCounts(attentions);
        List<Integer> depths = perLevel("transformer_layers_per_block", 1);
        List<Boolean> onlyContext = json.isNull("only_cross_attention")
                ? Collections.nCopies(channels.size(), false)
                : json.flags("only_cross_attention", channels.size());
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

    private List<BlockAttention> attentions() {
        BlockAttention other = family == Family.CONTEXT ? BlockAttention.CONTEXT : BlockAttention.PIXELS;
        List<BlockAttention> down = json.strings("down_block_types").stream()
                .map(name ->
                        named("down_block_types", name, List.of(BlockAttention.NONE, other), BlockAttention::downBlock))
                .toList();
        List<String> up =
                new ArrayList<>(down.stream().map(BlockAttention::upBlock).toList());
        Collections.reverse(up);
        require(down.size() == channels.size(), "down_block_types and block_out_channels differ in length");
        require(
                json.strings("up_block_types").equals(up),
                "up_block_types is " + json.strings("up_block_types") + " but must mirror the way down: " + up);
        return down;
    }

    /** What a conditional config calls {@code attention_head_dim} is the number of heads, elsewhere their width. */
    private List<Integer> headCounts(List<BlockAttention> attentions) {
        if (family == Family.CONTEXT) {
            return perLevel("attention_head_dim", 8);
        }
        if (isExplicitNull("attention_head_dim")) {
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
        return attentions.get(level) != BlockAttention.NONE || coarsest && middle() == MidBlockType.PIXELS;
    }

    private static int headCount(int width, int headDim, boolean attends) {
        require(
                !attends || width % headDim == 0,
                "attention_head_dim is " + headDim + " but must divide the " + width + " channels of its level");
        return Math.max(1, width / headDim);
    }

    private MidBlockType middle() {
        if (isExplicitNull("mid_block_type")) {
            return MidBlockType.NONE;
        }
        if (family == Family.CONTEXT) {
            String name = json.string("mid_block_type", MidBlockType.CONTEXT.className());
            return named(
                    "mid_block_type",
                    name,
                    List.of(MidBlockType.CONTEXT, MidBlockType.RESNET),
                    MidBlockType::className);
        }
        String name = json.string("mid_block_type", MidBlockType.PIXELS.className());
        named("mid_block_type", name, List.of(MidBlockType.PIXELS), MidBlockType::className);
        return json.flag("add_attention", true) ? MidBlockType.PIXELS : MidBlockType.RESNETS;
    }

    private Blocks blocks() {
        int padding = json.integer("downsample_padding", 1);
        require(padding == 0 || padding == 1, "downsample_padding is " + padding + " but must be 0 or 1");
        return new Blocks(
                json.integer("norm_num_groups", 32),
                json.number("norm_eps", 1e-5),
                padding == 0 ? Padding.RIGHT_AND_BOTTOM : Padding.SYMMETRIC,
                timeUse(),
                json.number("dropout", 0));
    }

    private TimeUse timeUse() {
        return json.isNull("resnet_time_scale_shift")
                ? TimeUse.SHIFT
                : named(
                        "resnet_time_scale_shift",
                        json.string("resnet_time_scale_shift"),
                        List.of(TimeUse.values()),
                        PublishedOptions::name);
    }

    private Transformers transformers() {
        return family == Family.PIXELS
                ? Transformers.NONE
                : new Transformers(
                        json.integer("cross_attention_dim", 1280),
                        json.flag("use_linear_projection", false),
                        json.flag("upcast_attention", false));
    }

    private Time time() {
        return new Time(
                json.flag("flip_sin_to_cos", true),
                json.integer("freq_shift", 0),
                optional("time_embedding_dim"),
                optional("time_cond_proj_dim"));
    }

    private ClassLabels classes() {
        if (json.isNull("class_embed_type")) {
            OptionalInt count = optional("num_class_embeds");
            return count.isPresent() ? new ClassLabels.Table(count.getAsInt()) : new ClassLabels.None();
        }
        String type = json.string("class_embed_type");
        return switch (type) {
            case "timestep" -> new ClassLabels.Number();
            case "identity" -> new ClassLabels.Identity();
            case "projection" -> new ClassLabels.Projection(json.integer(CLASS_WIDTH));
            case "simple_projection" -> new ClassLabels.LinearProjection(json.integer(CLASS_WIDTH));
            default -> throw new IllegalArgumentException("class_embed_type " + type + " is not supported");
        };
    }

    private Optional<PooledText> pooledText() {
        if (json.isNull("addition_embed_type")) {
            return Optional.empty();
        }
        String type = json.string("addition_embed_type");
        require(type.equals("text_time"), "addition_embed_type is " + type + " but only text_time is supported");
        return Optional.of(new PooledText(json.integer("addition_time_embed_dim"), json.integer(CLASS_WIDTH)));
    }

    private OptionalInt optional(String key) {
        return json.isNull(key) ? OptionalInt.empty() : OptionalInt.of(json.integer(key));
    }

    /** Absent is the default; null says that there is none. */
    private boolean isExplicitNull(String key) {
        return json.isNull(key) && json.values().containsKey(key);
    }

    private List<Integer> perLevel(String key, int otherwise) {
        return json.isNull(key) ? Collections.nCopies(channels.size(), otherwise) : json.integers(key, channels.size());
    }

    private static <T> T named(String key, String name, List<T> known, Function<T, String> naming) {
        return known.stream()
                .filter(value -> naming.apply(value).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(key + " " + name + " is not supported, only "
                        + known.stream().map(naming).collect(Collectors.joining(", "))));
    }

    private static void require(boolean fine, String message) {
        if (!fine) {
            throw new IllegalArgumentException(message);
        }
    }
}
