package io.percolate.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.files.CancelledException;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.Parameter;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.Recorder;
import io.percolate.pipeline.generation.GenerationListener;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.generation.Inpainting;
import io.percolate.testing.Reference;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.Tiling;
import io.percolate.weights.tensors.WeightsException;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OffloadingTest {

    private static final int THREADS = 16;
    private static final Path SD1 = Reference.path("sd1-tiny");
    private static final LoadOptions WITH_CONFIGS = LoadOptions.DEFAULT.withConfigs(SD1);

    /** Where a model is, and how it is opened. */
    private record Case(Path path, LoadOptions options) {}

    private static Stream<Case> models() {
        return Stream.of(
                new Case(SD1, LoadOptions.DEFAULT),
                new Case(SD1, LoadOptions.DEFAULT.withPrecision(Precision.BF16)),
                new Case(SD1, LoadOptions.DEFAULT.withVae(SD1.resolve("single-file.safetensors"))),
                new Case(SD1.resolve("single-file.safetensors"), WITH_CONFIGS),
                new Case(SD1.resolve("single-file-fp16.ckpt"), WITH_CONFIGS),
                new Case(Reference.path("sdxl-tiny"), LoadOptions.DEFAULT),
                new Case(Reference.path("ddpm-tiny"), LoadOptions.DEFAULT));
    }

    @ParameterizedTest
    @MethodSource("models")
    void generatesExactlyTheSameImagesAndKeepsNothing(Case model) {
        List<Integer> usual;
        try (Pipeline pipeline = Pipeline.load(model.path, model.options)) {
            usual = generated(pipeline, request(model).build());
        }
        DiffusionModel parts = ModelLoader.load(model.path, model.options.withOffload());
        try (Pipeline pipeline = Pipeline.of(parts)) {
            assertThat(arrays(parts)).isZero();
            for (int times = 0; times < 2; times++) {
                assertThat(generated(pipeline, request(model).build())).isEqualTo(usual);
                assertThat(arrays(parts)).isZero();
            }
        }
    }

    @Test
    void theDenoiserWorksAlone() {
        DiffusionModel parts = ModelLoader.load(SD1, LoadOptions.DEFAULT.withOffload());
        List<Layer> networks = networks(parts);
        List<List<Boolean>> present = new ArrayList<>();
        try (Pipeline pipeline = Pipeline.of(parts)) {
            pipeline.generate(request("a castle").build(), new GenerationListener() {
                @Override
                public void stepped(Progress progress) {
                    present.add(
                            networks.stream().map(OffloadingTest::isInMemory).toList());
                }
            });
        }
        assertThat(present).hasSize(2).containsOnly(List.of(true, false, false));
    }

    @Test
    void initImagesAndPreviewsAreTheSame() {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        GenerationRequest request =
                request("a castle").task(new Inpainting(image, image, 0.8)).build();
        List<Integer> usual = generatedWithPreviews(LoadOptions.DEFAULT, request);
        assertThat(generatedWithPreviews(LoadOptions.DEFAULT.withOffload(), request))
                .isEqualTo(usual);
    }

    @Test
    void sixteenThreadsGenerateWhatOneGenerates() {
        List<List<Integer>> alone;
        try (Pipeline pipeline = Pipeline.load(SD1)) {
            alone = LongStream.range(0, THREADS)
                    .mapToObj(seed -> generated(pipeline, seeded(seed)))
                    .toList();
        }
        DiffusionModel parts = ModelLoader.load(SD1, LoadOptions.DEFAULT.withOffload());
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Pipeline pipeline = Pipeline.of(parts)) {
            List<CompletableFuture<List<Integer>>> images = LongStream.range(0, THREADS)
                    .mapToObj(seed -> CompletableFuture.supplyAsync(() -> generated(pipeline, seeded(seed)), threads))
                    .toList();
            assertThat(images.stream().map(CompletableFuture::join).toList()).isEqualTo(alone);
            assertThat(arrays(parts)).isZero();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theAutoencoderWorksByItselfAndInTiles() {
        DiffusionModel parts = ModelLoader.load(SD1, LoadOptions.DEFAULT.withOffload());
        try (Pipeline pipeline = Pipeline.of(parts);
                Recorder recorder = new Recorder()) {
            AutoencoderKl vae = pipeline.autoencoder().orElseThrow();
            AutoencoderKl tiled = vae.withTiling(Tiling.never(vae.config()));
            NDArray latents = Reference.read(recorder.manager(), SD1, "expected_ddim", "final_latents");
            assertThat(Gradients.off(() -> tiled.decodeScaled(latents)))
                    .isEqualTo(Gradients.off(() -> vae.decodeScaled(latents)));
            assertThat(arrays(parts)).isZero();
        }
    }

    @Test
    void anInterruptWhileWeightsAreReadLeavesTheirFilesOpen() {
        GenerationListener interrupter = new GenerationListener() {
            @Override
            public void started(NDArray noise) {
                Thread.currentThread().interrupt();
            }
        };
        try (Pipeline pipeline = Pipeline.load(SD1, LoadOptions.DEFAULT.withOffload())) {
            assertThatThrownBy(() -> pipeline.generate(seeded(1), interrupter)).isInstanceOf(CancelledException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(pipeline.generate(seeded(1))).hasSize(1);
        }
    }

    @Test
    void filesThatDoNotFitAreRefusedWhenTheyAreOpened() {
        assertThatThrownBy(
                        () -> Pipeline.load(SD1.resolve("single-file.safetensors"), LoadOptions.DEFAULT.withOffload()))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("mis-shaped");
    }

    private static GenerationRequest.Builder request(Case model) {
        return model.path.endsWith("ddpm-tiny") ? request() : request("a castle");
    }

    private static GenerationRequest.Builder request(String... prompts) {
        return GenerationRequest.of(prompts).size(32, 32).steps(2).seed(0).sampler(SamplerKind.DDIM);
    }

    private static GenerationRequest seeded(long seed) {
        return request("a castle").seed(seed).build();
    }

    /** The pixels of the images. */
    private static List<Integer> generated(Pipeline pipeline, GenerationRequest request) {
        List<Integer> pixels = new ArrayList<>();
        pipeline.generate(request).forEach(image -> pixels.addAll(pixels(image.image())));
        return pixels;
    }

    /** The pixels of every preview and of the images. */
    private static List<Integer> generatedWithPreviews(LoadOptions options, GenerationRequest request) {
        List<Integer> pixels = new ArrayList<>();
        GenerationListener previews = new GenerationListener() {
            @Override
            public void stepped(Progress progress) {
                progress.preview().get().forEach(image -> pixels.addAll(pixels(image)));
            }
        };
        try (Pipeline pipeline = Pipeline.load(SD1, options)) {
            pipeline.generate(request, previews).forEach(image -> pixels.addAll(pixels(image.image())));
        }
        return pixels;
    }

    private static List<Integer> pixels(BufferedImage image) {
        int[] rgb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        List<Integer> pixels = new ArrayList<>();
        for (int pixel : rgb) {
            pixels.add(pixel);
        }
        return pixels;
    }

    private static int arrays(DiffusionModel model) {
        return model.manager().getManagedArrays().size();
    }

    private static List<Layer> networks(DiffusionModel model) {
        return List.of(
                model.unet(),
                ((ImageCodec.Autoencoder) model.codec()).vae(),
                model.text().orElseThrow().towers().get(0).encoder());
    }

    private static boolean isInMemory(Layer network) {
        return network.parameters().values().stream().allMatch(Parameter::isInMemory);
    }
}
