package io.percolate.pipeline.generation;

import static io.percolate.testing.Reference.TOLERANCE;
import static io.percolate.testing.Reference.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.conditioning.prompts.PromptSyntax;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.files.CancelledException;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.random.NoiseSource;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.Recorder;
import io.percolate.pipeline.images.Pixels;
import io.percolate.pipeline.model.ImageCodec;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.testing.Reference;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GenerationTest {

    private static final Path SD2 = Reference.path("sd2-tiny");

    private final Recorder recorder = new Recorder();
    private final Pipeline pipeline = Pipeline.load(SD2);

    @AfterEach
    void free() {
        pipeline.close();
        recorder.close();
    }

    @Test
    void changesAnImageAsDiffusersDoes() {
        NDArray latents = Gradients.off(() -> pipeline.autoencoder()
                .orElseThrow()
                .encodeScaled(expected("source").mul(2).sub(1), expected("posterior_noise")));
        generate(GenerationRequest.of("a castle on a hill")
                .negativePrompt("blurry")
                .size(96, 64)
                .sampler(SamplerKind.DDIM)
                .steps(10)
                .guidanceScale(6)
                .task(ImageToImage.of(latents, expected("noise"), 0.6)));
        assertClose(recorder.latents(), expected("final_latents"), TOLERANCE);
        assertClose(recorder.image(), expected("image"), TOLERANCE);
    }

    @Test
    void changesAnImageTheLessTheWeakerItsStrength() {
        BufferedImage image = image(96, 64, Color.ORANGE);
        double little = distance(0.25, image);
        assertThat(little).isLessThan(distance(1, image));
    }

    @Test
    void keepsTheImageOutsideTheMask() {
        BufferedImage image = image(64, 64, Color.ORANGE);
        BufferedImage nowhere = image(64, 64, Color.BLACK);
        generate(small("a castle").task(new Inpainting(image, nowhere, 0.5)));
        NDArray truth = Gradients.off(() -> clean(image));
        assertClose(recorder.latents(), truth, 1e-5);
        generate(small("a castle").task(new Inpainting(image, image(64, 64, Color.WHITE), 0.5)));
        assertThat(recorder.latents().sub(truth).abs().min().getFloat()).isPositive();
    }

    @Test
    void imagesDoNotDependOnHowManyAreGeneratedAtOnce() {
        GenerationRequest.Builder request = small("a castle", "a dog").count(2).seeds(5, 9, 1, 5);
        generate(request);
        NDArray together = recorder.latents();
        NDArray noise = recorder.noise();
        generate(request.batchLimit(3));
        assertClose(recorder.noise(), noise, 1e-9);
        assertClose(recorder.latents(), together, 1e-4);
    }

    @Test
    void requestsThatDifferInPromptsAndSeedsJoinInOneBatch() {
        GenerationRequest first = small("a castle").seed(5).count(2).build();
        GenerationRequest second = small("a dog").seed(9).count(2).build();
        assertThat(first.joins(second)).isTrue();
        GenerationRequest joined = GenerationRequest.joined(List.of(first, second));
        assertThat(joined)
                .isEqualTo(small("a castle", "a dog")
                        .count(2)
                        .seeds(5, 6, 9, 10)
                        .batchLimit(4)
                        .build());
        assertThat(first.joins(small("a castle").steps(7).count(2).build())).isFalse();
        assertThat(first.joins(small("a castle").negativePrompt("").count(2).build()))
                .isFalse();
    }

    @Test
    void threadsGenerateExactlyWhatOneThreadGenerates() {
        List<int[]> alone = LongStream.range(0, 8).mapToObj(this::generated).toList();
        List<int[]> together =
                IntStream.range(0, 8)
                        .mapToObj(seed -> CompletableFuture.supplyAsync(() -> generated(seed)))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();
        assertThat(together).containsExactly(alone.toArray(int[][]::new));
    }

    @Test
    void withoutASeedEachRequestGetsARandomOneForItsFirstImage() {
        GenerationRequest request = GenerationRequest.of("a castle").count(2).build();
        long first = request.images().seeds().get(0);
        assertThat(request.images().seeds(0, 2)).containsExactly(first, first + 1);
        assertThat(GenerationRequest.of("a castle").count(2).build()).isNotEqualTo(request);
    }

    @Test
    void seedsCountUpFromTheFirst() {
        List<GeneratedImage> images = generate(small("a castle").count(3).seed(7));
        assertThat(images).extracting(GeneratedImage::seed).containsExactly(7L, 8L, 9L);
    }

    @Test
    void handsOverEveryImageBeforeTheNextBatchIsBegun() {
        List<String> events = new ArrayList<>();
        GenerationListener listener = new GenerationListener() {
            @Override
            public void stepped(Progress progress) {
                events.add("step " + progress.step() + " of " + progress.steps());
            }

            @Override
            public void generated(GeneratedImage image) {
                events.add("image " + image.seed());
            }
        };
        pipeline.generate(small("a castle").steps(1).count(3).batchLimit(2).build(), listener);
        assertThat(events).containsExactly("step 1 of 2", "image 0", "image 1", "step 2 of 2", "image 2");
    }

    @Test
    void anInterruptEndsTheGenerationAfterTheStepUnderWay() {
        List<Integer> steps = new ArrayList<>();
        GenerationListener interrupter = new GenerationListener() {
            @Override
            public void stepped(Progress progress) {
                steps.add(progress.step());
                Thread.currentThread().interrupt();
            }
        };
        assertThatThrownBy(() -> pipeline.generate(small("a castle").build(), interrupter))
                .isInstanceOf(CancelledException.class)
                .hasMessage("the generation was interrupted after step 1 of 4");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(steps).containsExactly(1);
    }

    @Test
    void weighsPromptsOnlyIfAsked() {
        generate(small("a (castle:1.5)").syntax(PromptSyntax.WEIGHTED));
        NDArray weighted = recorder.latents();
        generate(small("a castle").syntax(PromptSyntax.WEIGHTED));
        assertThat(weighted.sub(recorder.latents()).abs().max().getFloat()).isGreaterThan(1e-4f);
    }

    @Test
    void skipsLayersOfTheTextEncoder() {
        generate(small("a castle"));
        NDArray whole = recorder.latents();
        generate(small("a castle").clipSkip(1));
        assertThat(whole.sub(recorder.latents()).abs().max().getFloat()).isGreaterThan(1e-4f);
    }

    @Test
    void refusesValuesThatAreNotNumbers() {
        GenerationRequest request = small("a castle").guidanceScale(1e38).build();
        assertThatThrownBy(() -> pipeline.generate(request))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not numbers")
                .hasMessageContaining("guidance");
    }

    @Test
    void asksForAPrompt() {
        assertThatThrownBy(() -> generate(small())).hasMessageContaining("no prompt");
    }

    @Test
    void namesTheArgumentThatIsNull() {
        assertNamed("path", () -> Pipeline.load(null));
        assertNamed("options", () -> Pipeline.load(SD2, (LoadOptions) null));
        assertNamed("precision", () -> LoadOptions.DEFAULT.withPrecision(null));
        assertNamed("prompt", () -> pipeline.generate((String) null));
        assertNamed("request", () -> pipeline.generate((GenerationRequest) null));
        assertNamed("listener", () -> pipeline.generate(small("a castle").build(), null));
        assertNamed("syntax", () -> small("a castle").syntax(null));
        assertNamed("negativePrompt", () -> small("a castle").negativePrompt(null));
        assertNamed("sampler", () -> small("a castle").sampler(null));
    }

    @Test
    void namesTheImageThatIsNull() {
        BufferedImage image = image(64, 64, Color.ORANGE);
        assertNamed("initImage", () -> small("a castle").initImage(null, 0.5));
        assertNamed("image", () -> small("a castle").inpaint(null, image, 0.5));
        assertNamed("mask", () -> small("a castle").inpaint(image, null, 0.5));
        assertNamed("image", () -> small("a castle").edit(null, 1.5));
        assertNamed("latents", () -> small("a castle").latents(null));
        assertNamed("task", () -> small("a castle").task(null));
    }

    private static void assertNamed(String argument, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(argument);
    }

    @Test
    void refusesNoiseOfAnotherShapeWithBothShapes() {
        NDArray noise = recorder.manager().zeros(new Shape(1, 4, 4, 4));
        assertThatThrownBy(() -> generate(small("a castle").latents(noise)))
                .hasMessageContaining("(1, 4, 4, 4)")
                .hasMessageContaining("(1, 4, 8, 8)");
    }

    private GenerationRequest.Builder small(String... prompts) {
        return GenerationRequest.of(prompts).size(64, 64).steps(4).seed(0);
    }

    private List<GeneratedImage> generate(GenerationRequest.Builder request) {
        return pipeline.generate(request.build(), recorder);
    }

    private int[] generated(long seed) {
        BufferedImage image =
                pipeline.generate(small("a castle").seed(seed).build()).get(0).image();
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private double distance(double strength, BufferedImage image) {
        generate(GenerationRequest.of("a castle").steps(4).seed(0).task(ImageToImage.of(image, strength)));
        return recorder.latents()
                .sub(Gradients.off(() -> clean(image)))
                .square()
                .mean()
                .getFloat();
    }

    /** The latents that a generation with seed 0 starts from. */
    private NDArray clean(BufferedImage image) {
        ImageCodec codec = new ImageCodec.Autoencoder(pipeline.autoencoder().orElseThrow());
        Shape shape = codec.shape(1, image.getHeight(), image.getWidth());
        NDArray noise = NoiseSource.perImage(0).normal(recorder.manager(), shape, DataType.FLOAT32);
        return codec.encode(Pixels.of(List.of(image), recorder.manager()), noise);
    }

    private NDArray expected(String tensor) {
        return Reference.read(recorder.manager(), SD2, "expected_img2img", tensor);
    }

    private static BufferedImage image(int width, int height, Color color) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return image;
    }
}
