package io.percolate.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.cli.CommandRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {

    @ParameterizedTest
    @CsvSource({
        "unet,  unet,         fp32, '(2, 4, 8, 4)'",
        "unet,  unet,         bf16, '(2, 4, 8, 4)'",
        "vae,   vae,          bf16, '(2, 4, 8, 4)'",
        "train, unet,         bf16, '(2, 4, 8, 4)'",
        "train, vae,          bf16, '(2, 3, 64, 32)'",
        "text,  text_encoder, bf16, '(2, 77)'"
    })
    void eachSubjectIsMeasuredInTheShapeOfAConfig(String subject, String part, String precision, String input)
            throws IOException {
        List<Object> command = new ArrayList<>(List.of("bench", subject, "--json", "--steps", 1, "--batch", 2));
        command.addAll(List.of("--precision", precision, "--shape", CommandRun.MODEL.resolve(part + "/config.json")));
        if (!subject.equals("text")) {
            command.addAll(List.of("--latent", "8x4"));
        }
        JsonNode report = report(command.toArray());
        assertThat(report.get("input").asText()).endsWith(input);
        assertThat(report.get("parameters").asLong()).isGreaterThan(10_000);
        double parts = report.get("convolutionGflop").asDouble()
                + report.get("linearGflop").asDouble()
                + report.get("attentionGflop").asDouble();
        assertThat(report.get("gflop").asDouble()).isPositive().isCloseTo(parts, within(1e-9));
        assertThat(report.get("timesFloor").asDouble()).isGreaterThan(1);
        assertThat(report.get("samplesPerSecond").asDouble()
                        * report.get("secondsPerStep").asDouble())
                .isBetween(1.999, 2.001);
    }

    @Test
    void theRecipesOfTheEmbeddedModelAreTheDefaultShape() {
        CommandRun run = CommandRun.of("bench", "text", "--steps", 1, "--batch", 1);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("text of embedded", "tokens (1, 32)", "GFLOP/s", "large convolution", "peak memory");
    }

    private static JsonNode report(Object... arguments) throws IOException {
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }
}
