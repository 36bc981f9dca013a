package io.percolate.diffusion.unet.published;

import static io.percolate.diffusion.unet.published.ConfigKeys.named;
import static io.percolate.diffusion.unet.published.ConfigKeys.require;

import io.percolate.diffusion.unet.MidBlockType;
import io.percolate.diffusion.unet.ResnetConfig;
import io.percolate.diffusion.unet.SampleConfig;
import io.percolate.diffusion.unet.TransformerConfig;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.diffusion.unet.UNetConfig.Family;
import io.percolate.files.JsonConfig;
import io.percolate.nn.layers.Downsample.Padding;
import io.percolate.nn.layers.ResnetBlock.TimeUse;
import java.util.List;
import java.util.OptionalInt;

/** A published config, understood; what is absent has the default of its class in diffusers. */
final class UNetReader {

    private final JsonConfig json;
    private final ConfigKeys keys;
    private final Family family;

    UNetReader(JsonConfig json) {
        this.json = json;
        keys = new ConfigKeys(json);
        family = named("_class_name", json.string("_class_name"), List.of(Family.values()), Family::className);
        PublishedOptions.AVERAGING.forEach(json::isNull);
    }

    UNetConfig read() {
        MidBlockType midBlock = midBlock();
        return new UNetConfig(
                sample(),
                new LevelReader(json, family, midBlock).read(),
                midBlock,
                resnets(),
                transformers(),
                new EmbeddingReader(json).read());
    }

    private SampleConfig sample() {
        int channels = family == Family.CONTEXT ? 4 : 3;
        return new SampleConfig(
                sampleSize(),
                json.integer("in_channels", channels),
                json.integer("out_channels", channels),
                json.flag("center_input_sample", false));
    }

    /** A list is height and width, of which diffusers takes the first. */
    private OptionalInt sampleSize() {
        return json.isList("sample_size")
                ? OptionalInt.of(json.integers("sample_size", 2).get(0))
                : keys.optional("sample_size");
    }

    private MidBlockType midBlock() {
        if (keys.isExplicitNull("mid_block_type")) {
            return MidBlockType.NONE;
        }
        return family == Family.CONTEXT ? contextMidBlock() : pixelMidBlock();
    }

    private MidBlockType contextMidBlock() {
        String name = json.string("mid_block_type", MidBlockType.CONTEXT.className());
        List<MidBlockType> supported = List.of(MidBlockType.CONTEXT, MidBlockType.RESNET);
        return named("mid_block_type", name, supported, MidBlockType::className);
    }

    private MidBlockType pixelMidBlock() {
        String name = json.string("mid_block_type", MidBlockType.PIXELS.className());
        named("mid_block_type", name, List.of(MidBlockType.PIXELS), MidBlockType::className);
        return json.flag("add_attention", true) ? MidBlockType.PIXELS : MidBlockType.RESNETS;
    }

    private ResnetConfig resnets() {
        int padding = json.integer("downsample_padding", 1);
        require(padding == 0 || padding == 1, "downsample_padding is " + padding + " but must be 0 or 1");
        return new ResnetConfig(
                json.integer("norm_num_groups", 32),
                json.number("norm_eps", 1e-5),
                padding == 0 ? Padding.RIGHT_AND_BOTTOM : Padding.SYMMETRIC,
                timeUse(),
                json.number("dropout", 0));
    }

    private TimeUse timeUse() {
        String name = json.string("resnet_time_scale_shift", PublishedOptions.name(TimeUse.SHIFT));
        return named("resnet_time_scale_shift", name, List.of(TimeUse.values()), PublishedOptions::name);
    }

    private TransformerConfig transformers() {
        return family == Family.PIXELS
                ? TransformerConfig.NONE
                : new TransformerConfig(
                        json.integer("cross_attention_dim", 1280),
                        json.flag("use_linear_projection", false),
                        json.flag("upcast_attention", false));
    }
}
