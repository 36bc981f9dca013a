package io.percolate.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.studio.request.Limits;
import io.percolate.studio.server.Binding;
import io.percolate.studio.server.ServerSettings;
import io.percolate.studio.work.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A LoRA that is for few steps brings them to requests, and to the page. */
class FewStepLoraTest {

    private static final Path REFERENCE = Path.of(System.getProperty("percolate.testdata"));
    private static final String PROMPT = "{\"prompt\": \"a castle\", \"width\": 64, \"height\": 64";

    @TempDir
    private static Path folder;

    private static RunningStudio studio;

    @BeforeAll
    static void start() throws IOException {
        Path loras = Files.createDirectory(folder.resolve("loras"));
        Path lora = REFERENCE.resolve("lora-sd1/kohya.safetensors");
        Files.copy(lora, loras.resolve("lcm-lora.safetensors"));
        Files.copy(lora, loras.resolve("style.safetensors"));
        studio = new RunningStudio(new ServerSettings(
                Binding.LOCAL,
                new Catalogue(
                        Optional.of(REFERENCE.resolve("sd1-tiny")),
                        Optional.empty(),
                        Optional.of(loras),
                        LoadOptions.DEFAULT),
                new ServerSettings.Folders(folder.resolve("gallery"), Optional.empty()),
                Limits.DEFAULT,
                ServerSettings.Load.DEFAULT));
        studio.post("/api/generate", PROMPT + ", \"steps\": 1}");
    }

    @AfterAll
    static void stop() {
        studio.close();
    }

    @Test
    void aRequestThatLeavesThemOpenGetsThem() {
        JsonNode image =
                RunningStudio.events(studio.post("/api/generate", PROMPT + ", \"loras\": {\"lcm-lora\": 1}}")).stream()
                        .filter(event -> event.name().equals("image"))
                        .findFirst()
                        .orElseThrow()
                        .data();
        assertThat(image.at("/settings/Sampler").textValue()).isEqualTo("lcm");
        assertThat(image.at("/settings/Steps").textValue()).isEqualTo("4");
        JsonNode models = RunningStudio.json(studio.get("/api/models"));
        assertThat(models.get("few_steps")).hasSize(1);
        assertThat(models.at("/few_steps/lcm-lora/steps").intValue()).isEqualTo(4);
        assertThat(models.at("/models/0/steps").intValue()).isEqualTo(50);
    }

    @Test
    void thePageSetsThem() throws IOException, InterruptedException {
        Optional<Path> chromium = Browser.find();
        assumeTrue(chromium.isPresent(), "no Chromium: set CHROMIUM to test the page");
        try (Browser browser = new Browser(chromium.get(), Files.createDirectories(folder.resolve("browser")))) {
            browser.open(studio.address());
            browser.await("document.getElementById('steps').value === '50'");
            browser.click("#lora-0");
            browser.await("document.getElementById('steps').value === '4'");
            assertThat(browser.evaluate("document.getElementById('guidance').value")
                            .textValue())
                    .isEqualTo("1");
            browser.click("#lora-0");
            browser.await("document.getElementById('steps').value === '50'");
            assertThat(browser.problems()).isEmpty();
        }
    }
}
