package io.percolate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.pipeline.images.ImageFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {

    private static final Path REFERENCE = CommandRun.MODEL.getParent();

    @TempDir
    private Path data;

    @BeforeEach
    void writeImages() {
        for (int i = 0; i < 4; i++) {
            BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
            for (int x = 0; x < 32; x++) {
                image.setRGB(x, x, 0x336699 * (i + x));
            }
            ImageFiles.writePng(data.resolve(i + ".png"), image);
        }
    }

    @Test
    void aLoneAutoencodersFolderIsMeasuredByItsReconstructions() throws IOException {
        JsonNode report = evaluate(REFERENCE.resolve("training/vae"));
        assertThat(report.fieldNames()).toIterable().containsExactly("reconstruction");
        assertThat(report.path("reconstruction").path("images").asInt()).isEqualTo(4);
        assertThat(report.path("reconstruction").path("psnr").asDouble()).isPositive();
        CommandRun run = CommandRun.of("evaluate", "--model", REFERENCE.resolve("training/vae"), "--data", data);
        assertThat(run.out()).contains("reconstruction", "PSNR", "over 4 images");
        assertThat(run.err()).contains("encoding 4 images");
    }

    @Test
    void aModelWithoutTextIsMeasuredByTheDistanceOfItsImages() throws IOException {
        JsonNode report = evaluate(REFERENCE.resolve("ddpm-tiny"), "--images", 2, "--steps", 1);
        assertThat(report.fieldNames()).toIterable().containsExactly("originality", "distance", "distanceOfRealImages");
        assertThat(report.path("distance").path("images").asInt()).isEqualTo(2);
        assertThat(report.path("distance").path("mean").asDouble()).isPositive();
        assertThat(report.path("distance").path("sides").isArray()).isTrue();
    }

    @Test
    void imagesAreGeneratedByTheSamplerThatIsGiven() throws IOException {
        Path model = REFERENCE.resolve("ddpm-tiny");
        JsonNode own = evaluate(model, "--images", 2, "--steps", 3);
        JsonNode other = evaluate(model, "--images", 2, "--steps", 3, "--sampler", "dpmpp_2m");
        assertThat(other.path("distance").path("mean"))
                .isNotEqualTo(own.path("distance").path("mean"));
    }

    @Test
    void whatGeneratesNoImagesTakesNoGuidance() {
        CommandRun run = CommandRun.of(
                "evaluate", "--model", REFERENCE.resolve("training/vae"), "--data", data, "--guidance", "3");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("an autoencoder by itself needs none: leave them out");
    }

    @Test
    void aFeatureNetworkComparesImagesToo() throws IOException {
        Path network = REFERENCE.resolve("metrics/features.pt");
        JsonNode report = evaluate(REFERENCE.resolve("ddpm-tiny"), "--images", 4, "--steps", 1, "--features", network);
        assertThat(report.path("features").path("network").asText()).isEqualTo("features.pt");
        assertThat(report.path("features").path("kernel").isNumber()).isTrue();
        assertThat(report.path("features").path("recall").asDouble()).isBetween(0.0, 1.0);
        assertThat(report.path("features").path("missing").asText()).contains("4 images but 8 features");
        assertThat(report.path("features").has("frechet")).isFalse();
    }

    @Test
    void aFileThatIsNoFeatureNetworkIsRefused() {
        Path wrong = REFERENCE.resolve("vae-gan/perceptual.pt");
        CommandRun run = CommandRun.of(
                "evaluate", "--model", REFERENCE.resolve("ddpm-tiny"), "--data", data, "--features", wrong);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("return_features=True").doesNotContain("generating");
    }

    @Test
    void theLikelihoodOfAPixelModelIsInBitsPerDimension() throws IOException {
        Path plot = data.resolve("plot/bound.png");
        JsonNode report = likelihood("ddpm-tiny", "--images", 2, "--timesteps", 20, "--probes", 0, "--plot", plot);
        assertThat(report.path("space").asText()).isEqualTo("pixels");
        assertThat(report.path("unit").asText()).isEqualTo("bits per dimension");
        assertThat(report.path("images").asInt()).isEqualTo(2);
        JsonNode bound = report.path("bound");
        double sum = bound.path("prior").asDouble();
        for (JsonNode term : bound.path("terms")) {
            sum += term.path("value").asDouble() * term.path("standsFor").asInt();
        }
        assertThat(bound.path("total").path("value").asDouble()).isCloseTo(sum, within(1e-3 * sum));
        assertThat(bound.path("terms")).hasSize(20);
        assertThat(bound.path("terms").path(0).path("timestep").asInt()).isZero();
        assertThat(report.has("pixels")).isFalse();
        assertThat(bound.path("total").path("standardError").asDouble()).isPositive();
        assertThat(report.has("flow")).isFalse();
        assertThat(ImageFiles.read(plot).getWidth()).isEqualTo(900);
    }

    @Test
    void theLikelihoodOfALatentModelIsInNatsAndBoundsPixels() throws IOException {
        JsonNode report =
                likelihood("sd2-tiny", "--images", 1, "--tolerance", 0.9, "--timesteps", 10, "--variance", "small");
        assertThat(report.path("space").asText()).isEqualTo("latents");
        assertThat(report.path("unit").asText()).isEqualTo("nats per latent dimension");
        assertThat(report.path("bound").path("terms")).hasSize(10);
        JsonNode pixels = report.path("pixels");
        assertThat(pixels.path("total").path("value").asDouble())
                .isCloseTo(
                        pixels.path("distortion").asDouble()
                                + pixels.path("rate").asDouble(),
                        within(1e-6));
        assertThat(pixels.path("distortion").asDouble()).isPositive();
        JsonNode flow = report.path("flow");
        assertThat(flow.path("probes").asInt()).isEqualTo(2);
        assertThat(flow.path("probeError").asDouble()).isPositive();
        assertThat(flow.path("evaluations").asDouble()).isGreaterThan(5);
        assertThat(flow.path("value").path("value").isNumber()).isTrue();
    }

    private JsonNode likelihood(String model, Object... options) throws IOException {
        Object[] all =
                Stream.concat(Stream.of("--likelihood"), Stream.of(options)).toArray();
        JsonNode report = evaluate(REFERENCE.resolve(model), all);
        assertThat(report.fieldNames()).toIterable().containsExactly("likelihood");
        return report.path("likelihood");
    }

    private JsonNode evaluate(Path model, Object... options) throws IOException {
        Object[] arguments = new Object[6 + options.length];
        Object[] fixed = {"evaluate", "--json", "--model", model, "--data", data};
        System.arraycopy(fixed, 0, arguments, 0, fixed.length);
        System.arraycopy(options, 0, arguments, fixed.length, options.length);
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }
}
