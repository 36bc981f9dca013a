package io.percolate.diffusion.unet.published;

import io.percolate.diffusion.unet.ClassLabels;
import io.percolate.diffusion.unet.EmbeddingConfig;
import io.percolate.diffusion.unet.EmbeddingConfig.PooledText;
import io.percolate.diffusion.unet.Level;
import io.percolate.diffusion.unet.MidBlockType;
import io.percolate.diffusion.unet.ResnetConfig;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.diffusion.unet.UNetConfig.Family;
import io.percolate.nn.layers.Downsample.Padding;
import io.percolate.weights.layout.DiffusersLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/** A config as diffusers writes it, key by key. */
record UNetWriter(UNetConfig config) {

    Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>(PublishedOptions.unsupported(config.family()));
        addShape(values);
        addResnets(values);
        addTime(values);
        if (config.family() == Family.CONTEXT) {
            addTransformers(values);
            addClasses(values);
        } else {
            addPixels(values);
        }
        return values;
    }

    private void addShape(Map<String, Object> values) {
        List<String> up = new ArrayList<>(config.levels().stream()
                .map(level -> level.attention().upBlock())
                .toList());
        Collections.reverse(up);
        values.put("_class_name", config.family().className());
        values.put("_diffusers_version", DiffusersLayout.VERSION);
        values.put("sample_size", orNull(config.sampleSize()));
        values.put("in_channels", config.inChannels());
        values.put("out_channels", config.outChannels());
        values.put("center_input_sample", config.sample().centerInput());
        values.put("block_out_channels", perLevel(Level::channels));
        values.put("down_block_types", perLevel(level -> level.attention().downBlock()));
        values.put("mid_block_type", config.midBlock().className());
        values.put("up_block_types", up);
        values.put("layers_per_block", oneIfEqual(perLevel(Level::layers)));
    }

    private void addResnets(Map<String, Object> values) {
        ResnetConfig resnets = config.resnets();
        values.put("norm_num_groups", resnets.normGroups());
        values.put("norm_eps", resnets.normEps());
        values.put("downsample_padding", resnets.downsamplePadding() == Padding.SYMMETRIC ? 1 : 0);
        values.put("resnet_time_scale_shift", PublishedOptions.name(resnets.timeUse()));
        values.put("dropout", resnets.dropout());
    }

    private void addTime(Map<String, Object> values) {
        EmbeddingConfig.Time time = config.embedding().time();
        values.put("flip_sin_to_cos", time.cosineFirst());
        values.put("freq_shift", time.frequencyShift());
        values.put("time_embedding_dim", orNull(time.width()));
        values.put("class_embed_type", config.classes().published());
        values.put("num_class_embeds", config.classes() instanceof ClassLabels.Table table ? table.count() : null);
    }

    private void addTransformers(Map<String, Object> values) {
        values.put("cross_attention_dim", config.transformers().contextWidth());
        values.put("use_linear_projection", config.transformers().linearProjection());
        values.put("upcast_attention", config.transformers().upcastAttention());
        values.put("attention_head_dim", oneIfEqual(perLevel(Level::headCount)));
        values.put("transformer_layers_per_block", oneIfEqual(perLevel(Level::depth)));
        values.put("only_cross_attention", oneIfEqual(perLevel(Level::onlyContext)));
    }

    private void addClasses(Map<String, Object> values) {
        PooledText text = config.pooledText().orElse(null);
        values.put("time_cond_proj_dim", orNull(config.embedding().time().guidanceWidth()));
        values.put("addition_embed_type", text == null ? null : "text_time");
        values.put("addition_time_embed_dim", text == null ? null : text.numberWidth());
        values.put(
                "projection_class_embeddings_input_dim",
                text == null ? config.classes().inputWidth() : (Integer) text.inputWidth());
    }

    private void addPixels(Map<String, Object> values) {
        values.put("add_attention", config.midBlock() != MidBlockType.RESNETS);
        values.put("attention_head_dim", headDim());
    }

    /** Null stands for one head. */
    private Integer headDim() {
        Level coarsest = config.levels().get(config.levels().size() - 1);
        boolean one = config.levels().stream().allMatch(level -> level.headCount() == 1);
        return one ? null : (Integer) (coarsest.channels() / coarsest.headCount());
    }

    private <T> List<T> perLevel(Function<Level, T> value) {
        return config.levels().stream().map(value).toList();
    }

    private static Object oneIfEqual(List<?> values) {
        return values.stream().distinct().count() == 1 ? values.get(0) : values;
    }

    private static Integer orNull(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }
}
