package io.percolate.diffusion.unet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.diffusion.unet.published.UNetFiles;
import io.percolate.diffusion.unet.published.UNetJson;
import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.layers.DropoutMasks;
import io.percolate.nn.random.RandomStream;
import io.percolate.weights.tensors.StateDict;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Options of published configs, each turned on in a network of random values. */
class UNetOptionsTest {

    private static final Path LATENT = Path.of(System.getProperty("percolate.testdata"), "training/unet/config.json");
    private static final Path PIXELS = Path.of(System.getProperty("percolate.testdata"), "ddpm-tiny/unet/config.json");

    private final NDManager manager = TorchEngine.newManager();

    @BeforeEach
    void seed() {
        TorchEngine.engine().setRandomSeed(1);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void classesChangeThePrediction() {
        UNet unet = random(LATENT, Map.of("num_class_embeds", 10));
        NDArray three = predict(unet, context().withClasses(manager.create(new long[] {3, 3})));
        NDArray four = predict(unet, context().withClasses(manager.create(new long[] {4, 4})));
        assertThat(apart(three, four)).isPositive();
        assertThatThrownBy(() -> predict(unet, context())).hasMessageContaining("no class labels");
    }

    @Test
    void projectedClassVectorsAreTaken() {
        DenoiserInputs inputs = context().withClasses(manager.randomNormal(new Shape(2, 6)));
        for (String type : List.of("projection", "simple_projection")) {
            UNet unet = random(LATENT, Map.of("class_embed_type", type, "projection_class_embeddings_input_dim", 6));
            assertThat(predict(unet, inputs).getShape()).isEqualTo(new Shape(2, 4, 8, 8));
        }
    }

    @Test
    void aGuidanceEmbeddingOfZeroIsNone() {
        UNet unet = random(LATENT, Map.of("time_cond_proj_dim", 5));
        NDArray zero = predict(unet, context().withGuidance(manager.zeros(new Shape(2, 5))));
        NDArray some = predict(unet, context().withGuidance(manager.ones(new Shape(2, 5))));
        assertThat(apart(predict(unet, context()), zero)).isZero();
        assertThat(apart(zero, some)).isPositive();
    }

    @Test
    void scaleAndShiftProjectsTheTimeToTwiceAsManyNumbers() {
        UNet unet = random(LATENT, Map.of("resnet_time_scale_shift", "scale_shift"));
        assertThat(unet.shapes()).containsEntry("mid_block.resnets.0.time_emb_proj.weight", new Shape(64, 64));
        assertThat(predict(unet, context()).getShape()).isEqualTo(new Shape(2, 4, 8, 8));
    }

    @Test
    void aDistilledModelNeedsNoMidBlock() {
        UNet unet = random(LATENT, mapOf("mid_block_type", null));
        assertThat(unet.shapes().keySet()).noneMatch(name -> name.startsWith("mid_block"));
        assertThat(predict(unet, context()).getShape()).isEqualTo(new Shape(2, 4, 8, 8));
    }

    @Test
    void dropoutActsOnlyDuringTraining() {
        UNet unet = random(LATENT, Map.of("dropout", 0.5));
        assertThat(apart(predict(unet, context()), predict(unet, context()))).isZero();
        NDArray x = manager.ones(new Shape(2, 4, 8, 8));
        NDArray first = train(1, () -> unet.forward(x, timesteps(), context()));
        assertThat(apart(first, train(1, () -> unet.forward(x, timesteps(), context()))))
                .isZero();
        assertThat(apart(first, train(2, () -> unet.forward(x, timesteps(), context()))))
                .isPositive();
    }

    private static NDArray train(long seed, Supplier<NDArray> forward) {
        return Gradients.on(() -> new DropoutMasks(new RandomStream(seed)).during(0, forward));
    }

    @Test
    void attentionToTheContextAloneHasKeysOfTheContextsWidth() {
        UNet unet = random(LATENT, Map.of("only_cross_attention", true, "cross_attention_dim", 12));
        assertThat(unet.shapes())
                .containsEntry("down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_k.weight", new Shape(16, 12));
        DenoiserInputs inputs = DenoiserInputs.context(manager.randomNormal(new Shape(2, 3, 12)));
        assertThat(predict(unet, inputs).getShape()).isEqualTo(new Shape(2, 4, 8, 8));
    }

    @Test
    void pixelModelsOfBefore2023Open() {
        UNet unet = random(PIXELS, Map.of());
        Map<String, NDArray> former = new LinkedHashMap<>();
        unet.parameters()
                .forEach((name, parameter) -> former.put(
                        name.replace("to_q", "query")
                                .replace("to_k", "key")
                                .replace("to_v", "value")
                                .replace("to_out.0", "proj_attn"),
                        parameter.value()));
        UNet read = UNetFiles.load(unet.config(), StateDict.of(former), manager);
        NDArray x = manager.randomNormal(new Shape(2, 3, 8, 8));
        NDArray expected = Gradients.off(() -> unet.forward(x, timesteps(), DenoiserInputs.none()));
        NDArray actual = Gradients.off(() -> read.forward(x, timesteps(), DenoiserInputs.none()));
        assertThat(apart(expected, actual)).isZero();
    }

    @Test
    void pooledTextOfAnotherWidthIsRefused() {
        UNet unet = random(
                LATENT,
                Map.of(
                        "addition_embed_type",
                        "text_time",
                        "addition_time_embed_dim",
                        8,
                        "projection_class_embeddings_input_dim",
                        80));
        NDArray sizes = manager.zeros(new Shape(2, 6));
        assertThat(predict(unet, context().withPooled(manager.zeros(new Shape(2, 32)), sizes))
                        .getShape())
                .isEqualTo(new Shape(2, 4, 8, 8));
        assertThatThrownBy(() -> predict(unet, context().withPooled(manager.zeros(new Shape(2, 30)), sizes)))
                .hasMessageContaining("(2,30) and 6 size numbers")
                .hasMessageContaining("a state of width 32");
    }

    private UNet random(Path published, Map<String, ?> options) {
        Map<String, Object> values = new TreeMap<>(JsonConfig.read(published).values());
        values.putAll(options);
        UNet unet = new UNet(UNetJson.read(JsonConfig.of(values)));
        unet.parameters()
                .forEach((name, parameter) ->
                        parameter.set(manager.randomNormal(0, 0.2f, parameter.shape(), DataType.FLOAT32)));
        return unet;
    }

    private NDArray predict(UNet unet, DenoiserInputs inputs) {
        NDArray x = manager.ones(new Shape(2, 4, 8, 8));
        return Gradients.off(() -> unet.forward(x, timesteps(), inputs));
    }

    private NDArray timesteps() {
        return manager.create(new float[] {3, 999});
    }

    /** Tokens that are the same at every call. */
    private DenoiserInputs context() {
        return DenoiserInputs.context(manager.arange(2 * 5 * 16f).sin().reshape(2, 5, 16));
    }

    private static float apart(NDArray x, NDArray y) {
        return x.sub(y).abs().max().getFloat();
    }

    private static Map<String, ?> mapOf(String key, Object value) {
        Map<String, Object> map = new TreeMap<>();
        map.put(key, value);
        return map;
    }
}
