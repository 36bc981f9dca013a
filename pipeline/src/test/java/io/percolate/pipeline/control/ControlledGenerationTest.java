package io.percolate.pipeline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.files.JsonConfig;
import io.percolate.files.ModelException;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.Recorder;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.testing.Reference;
import io.percolate.weights.ControlNetFile;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ControlNets with every task, in every form, and those that do not fit. */
class ControlledGenerationTest {

    private static final Path DATA = Path.of(System.getProperty("percolate.testdata"));
    private static final Path MODEL = DATA.resolve("sd1-tiny");
    private static final Path NETWORK = DATA.resolve("controlnet-sd1/controlnet");
    private static final Control EDGES = Control.of(image(), Preprocessor.CANNY);

    private final NDManager manager = TorchEngine.newManager();

    @TempDir
    Path scratch;

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void zeroConvolutionsLeaveTheImageAsItIs() {
        Path zero = changed(
                "zero",
                values -> values,
                (name, tensor) -> name.matches("controlnet_(down|mid)_block.*") ? tensor.mul(0) : tensor);
        assertThat(latents(LoadOptions.DEFAULT.withControlNet(zero), request().control(EDGES)))
                .isEqualTo(latents(LoadOptions.DEFAULT, request()));
    }

    @Test
    void itSteersEveryTask() {
        LoadOptions steered = LoadOptions.DEFAULT.withControlNet(NETWORK);
        List<UnaryOperator<GenerationRequest.Builder>> tasks = List.of(
                request -> request,
                request -> request.initImage(image(), 0.6),
                request -> request.inpaint(image(), image(), 0.6));
        for (UnaryOperator<GenerationRequest.Builder> task : tasks) {
            assertThat(latents(steered, task.apply(request()).control(EDGES)))
                    .isNotEqualTo(latents(LoadOptions.DEFAULT, task.apply(request())));
        }
    }

    @Test
    void severalAddUpAndOffloadingAndBatchesChangeNothing() {
        LoadOptions two = LoadOptions.DEFAULT.withControlNet(NETWORK).withControlNet(NETWORK);
        Control half = EDGES.withScale(0.5);
        double[] once =
                latents(LoadOptions.DEFAULT.withControlNet(NETWORK), request().control(EDGES));
        double[] twice = latents(two, request().control(half).control(half));
        assertThat(largestDifference(once, twice)).isLessThan(1e-4);
        LoadOptions offloaded = LoadOptions.DEFAULT.withControlNet(NETWORK).withOffload();
        assertThat(latents(offloaded, request().control(EDGES).batchLimit(1))).isEqualTo(once);
    }

    @Test
    void aFileInDiffusersNamesHasTheShapeOfTheModel() {
        Path file = NETWORK.resolve("diffusion_pytorch_model.safetensors");
        assertThat(latents(LoadOptions.DEFAULT.withControlNet(file), request().control(EDGES)))
                .isEqualTo(latents(
                        LoadOptions.DEFAULT.withControlNet(NETWORK), request().control(EDGES)));
    }

    @Test
    void imagesTellIt() {
        try (Pipeline pipeline = Pipeline.load(MODEL, LoadOptions.DEFAULT.withControlNet(NETWORK))) {
            GeneratedImage image = pipeline.generate(
                            request().control(EDGES.during(0, 0.5)).build())
                    .get(0);
            assertThat(image.text().settings()).containsEntry("ControlNet", "controlnet:1.0 (0.0-0.5)");
        }
    }

    @Test
    void everyNetworkNeedsItsImage() {
        assertThatThrownBy(() -> latents(LoadOptions.DEFAULT, request().control(EDGES)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("loaded without a ControlNet", "--controlnet");
        assertThatThrownBy(() -> latents(LoadOptions.DEFAULT.withControlNet(NETWORK), request()))
                .hasMessageContainingAll("1 ControlNets, but 0 control images");
        ControlImage small = new ControlImage.OfPixels(manager.zeros(new Shape(1, 3, 32, 64)));
        assertThatThrownBy(() -> latents(
                        LoadOptions.DEFAULT.withControlNet(NETWORK), request().control(Control.of(small))))
                .hasMessageContainingAll("64x32", "64x64");
    }

    @Test
    void whatDoesNotFitTheModelIsRefused() {
        refused(
                changed("channels", with("in_channels", 8), onlyTensor("conv_in.weight", new Shape(16, 8, 3, 3))),
                "latents of 8 channels",
                "this model's have 4");
        refused(
                changed(
                        "family",
                        with("cross_attention_dim", 48),
                        (name, tensor) -> name.endsWith("attn2.to_k.weight")
                                ? manager.zeros(new Shape(tensor.getShape().get(0), 48))
                                : tensor),
                "prompt embeddings of width 48",
                "this model's have 32",
                "family");
        refused(
                changed(
                        "size",
                        with("conditioning_embedding_out_channels", List.of(16, 32, 96)),
                        (name, tensor) -> tensor),
                "4 pixels per latent",
                "this model has 8");
        refused(
                changed("order", with("controlnet_conditioning_channel_order", "bgr"), (name, tensor) -> tensor),
                "controlnet_conditioning_channel_order bgr");
        refused(
                changed("maps", with("block_out_channels", List.of(16, 32, 32, 64)), (name, tensor) -> tensor),
                "feature maps of",
                "take one made for it");
        refused(MODEL.resolve("unet"), "no ControlNet");
        refused(scratch.resolve("absent"), "no such file or folder");
    }

    private static void refused(Path network, String... saying) {
        assertThatThrownBy(() -> latents(
                        LoadOptions.DEFAULT.withControlNet(network), request().control(EDGES)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(network.toString())
                .hasMessageContainingAll(saying);
    }

    private static UnaryOperator<Map<String, Object>> with(String key, Object value) {
        return values -> {
            values.put(key, value);
            return values;
        };
    }

    private BiFunction<String, NDArray, NDArray> onlyTensor(String changed, Shape shape) {
        return (name, tensor) -> name.equals(changed) ? manager.zeros(shape) : tensor;
    }

    /** The network with another config and other tensors. */
    private Path changed(
            String name, UnaryOperator<Map<String, Object>> config, BiFunction<String, NDArray, NDArray> change) {
        Path folder = scratch.resolve(name);
        Map<String, Object> values =
                new TreeMap<>(JsonConfig.read(NETWORK.resolve("config.json")).values());
        JsonConfig.of(config.apply(values)).write(folder.resolve("config.json"));
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        try (StateDict network = ControlNetFile.open(NETWORK)) {
            network.names()
                    .forEach(tensor ->
                            tensors.put(tensor, change.apply(tensor, network.copy(manager, tensor, DataType.FLOAT32))));
        }
        SafeTensors.write(folder.resolve("diffusion_pytorch_model.safetensors"), tensors, Map.of(), ElementType.F32);
        return folder;
    }

    private static GenerationRequest.Builder request() {
        return GenerationRequest.of("a castle", "a house")
                .size(64, 64)
                .steps(2)
                .guidanceScale(3)
                .seed(5);
    }

    private static double[] latents(LoadOptions options, GenerationRequest.Builder request) {
        try (Recorder recorder = new Recorder();
                Pipeline pipeline = Pipeline.load(MODEL, options)) {
            pipeline.generate(request.build(), recorder);
            return Reference.doubles(recorder.latents());
        }
    }

    private static double largestDifference(double[] one, double[] other) {
        double largest = 0;
        for (int i = 0; i < one.length; i++) {
            largest = Math.max(largest, Math.abs(one[i] - other[i]));
        }
        return largest;
    }

    /** White on the left, black on the right. */
    private static BufferedImage image() {
        BufferedImage image = new BufferedImage(80, 40, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 40 * 40; i++) {
            image.setRGB(i % 40, i / 40, 0xFFFFFF);
        }
        return image;
    }
}
