package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.cli.Percolate;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a training on the bound to the likelihood that the command tells. */
class LikelihoodCommandTest {

    @TempDir
    private Path folder;

    @Test
    void aModelTrainedOnTheBoundHasALikelihood() throws IOException {
        TinyTraining training = new TinyTraining(folder);
        training.draw();
        Path model = folder.resolve("pixels");
        DiffusionRecipe recipe = training.pixelRecipe()
                .with(RecipeOverlay.parse("{\"loss\": {\"weighting\": \"hybrid\", \"weighting_share\": 0.01}}"));
        training.trainPixels(recipe, model, 2);
        JsonNode loss = new ObjectMapper()
                .readTree(Files.readString(model.resolve("recipe.json")))
                .path("loss");
        assertThat(loss.path("weighting").asText()).isEqualTo("hybrid");
        assertThat(loss.path("weighting_share").asDouble()).isEqualTo(0.01);
        JsonNode report = likelihood(model, training.data());
        assertThat(report.path("images").asInt()).isEqualTo(1);
        assertThat(report.path("dimensions").asInt()).isEqualTo(3 * 16 * 16);
        JsonNode bound = report.path("bound");
        double sum = bound.path("prior").asDouble();
        for (JsonNode term : bound.path("terms")) {
            sum += term.path("value").asDouble() * term.path("standsFor").asInt();
        }
        assertThat(bound.path("total").path("value").asDouble()).isCloseTo(sum, within(1e-4 * sum));
        assertThat(report.path("flow").path("value").path("value").isNumber()).isTrue();
        assertThat(report.path("flow").path("tolerance").asDouble()).isEqualTo(0.5);
    }

    private static JsonNode likelihood(Path model, Path data) throws IOException {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            List<String> arguments =
                    List.of("evaluate", "--likelihood", "--json", "--model", "" + model, "--data", "" + data);
            List<String> few = List.of("--images", "1", "--timesteps", "20", "--probes", "1", "--tolerance", "0.5");
            String[] all = Stream.concat(arguments.stream(), few.stream()).toArray(String[]::new);
            assertThat(Percolate.run(all)).isZero();
        } finally {
            System.setOut(out);
        }
        return new ObjectMapper()
                .readTree(printed.toString(StandardCharsets.UTF_8))
                .path("likelihood");
    }
}
