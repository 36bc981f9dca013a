package io.percolate.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.control.Control;
import io.percolate.pipeline.control.Preprocessor;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.studio.request.Limits;
import io.percolate.studio.server.Binding;
import io.percolate.studio.server.ServerSettings;
import io.percolate.studio.work.Catalogue;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that name a ControlNet get the image that the library gives for the same seed and image. */
class ControlsTest {

    private static final Path REFERENCE = Path.of(System.getProperty("percolate.testdata"));
    private static final Path MODEL = REFERENCE.resolve("sd1-tiny");
    private static final Path NETWORK = REFERENCE.resolve("controlnet-sd1/controlnet");
    private static final String SHOWN = Images.base64(Images.disc(64));
    private static final String REQUEST =
            "\"prompt\": \"a castle\", \"steps\": 2, \"seed\": 7, \"width\": 64, \"height\": 64";

    @TempDir
    private static Path folder;

    private static RunningStudio studio;

    @BeforeAll
    static void start() {
        studio = new RunningStudio(new ServerSettings(
                Binding.LOCAL,
                new Catalogue(
                        Optional.of(MODEL),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of("edges", NETWORK),
                        LoadOptions.DEFAULT),
                new ServerSettings.Folders(folder.resolve("gallery"), Optional.empty()),
                Limits.DEFAULT,
                ServerSettings.Load.DEFAULT));
        generated("\"count\": 1"); // the model is loaded
    }

    @AfterAll
    static void stop() {
        studio.close();
    }

    private static int[] expected(Optional<Control> control) {
        LoadOptions options = control.isPresent() ? LoadOptions.DEFAULT.withControlNet(NETWORK) : LoadOptions.DEFAULT;
        GenerationRequest.Builder request =
                GenerationRequest.of("a castle").steps(2).seed(7).size(64, 64);
        control.ifPresent(request::control);
        try (Pipeline pipeline = Pipeline.load(MODEL, options)) {
            return Images.pixels(pipeline.generate(request.build()).get(0).image());
        }
    }

    @Test
    void percolatesOwnForm() {
        int[] actual = generated("\"controls\": {\"edges\": {\"image\": \"" + SHOWN
                + "\", \"preprocessor\": \"canny\", \"scale\": 0.8, \"end\": 0.5}}");
        Control control = Control.of(Images.disc(64), Preprocessor.CANNY).withScale(0.8);
        assertThat(actual).isEqualTo(expected(Optional.of(control.during(0, 0.5))));
        assertThat(actual).isNotEqualTo(expected(Optional.empty()));
        assertThat(generated("\"count\": 1")).isEqualTo(expected(Optional.empty()));
    }

    static Stream<String> units() {
        return Stream.of(
                "\"image\": \"" + SHOWN + "\"",
                "\"input_image\": \"data:image/png;base64," + SHOWN + "\", \"processor_res\": 512",
                "\"image\": {\"image\": \"" + SHOWN + "\", \"mask\": null}");
    }

    @ParameterizedTest
    @MethodSource("units")
    void unitsOfAutomaticsExtension(String image) {
        String unit = "{" + image + ", \"module\": \"canny\", \"model\": \"edges [d14c016b]\", \"weight\": 0.8}";
        String disabled = "{\"enabled\": false}";
        HttpResponse<String> answer = studio.post(
                "/sdapi/v1/txt2img",
                "{" + REQUEST + ", \"alwayson_scripts\": {\"controlnet\": {\"args\": [" + disabled + ", " + unit
                        + "]}}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        String png = RunningStudio.json(answer).at("/images/0").textValue();
        Control control = Control.of(Images.disc(64), Preprocessor.CANNY).withScale(0.8);
        assertThat(Images.pixels(png)).isEqualTo(expected(Optional.of(control)));
    }

    @Test
    void thePageSteers() throws IOException, InterruptedException {
        Optional<Path> chromium = Browser.find();
        assumeTrue(chromium.isPresent(), "no Chromium: set CHROMIUM to test the page");
        try (Browser browser = new Browser(chromium.get(), Files.createDirectories(folder.resolve("browser")))) {
            browser.open(studio.address());
            browser.await("!document.getElementById('controls').hidden");
            browser.evaluate("(() => { const network = document.getElementById('control-network');"
                    + " network.value = 'edges'; network.dispatchEvent(new Event('change')); })()");
            browser.evaluate("(() => { const bytes = Uint8Array.from(atob('" + SHOWN + "'), c => c.charCodeAt(0));"
                    + " const data = new DataTransfer();"
                    + " data.items.add(new File([bytes], 'a.png', {type: 'image/png'}));"
                    + " const input = document.getElementById('control-file'); input.files = data.files;"
                    + " input.dispatchEvent(new Event('change')); })()");
            browser.await("!document.getElementById('control-shown').hidden");
            browser.evaluate("Object.entries({width: 64, height: 64, steps: 2, 'control-preprocessor': 'canny'})"
                    + ".forEach(([id, value]) => { document.getElementById(id).value = value; })");
            browser.type("prompt", "a castle");
            browser.click("#generate");
            browser.await("document.querySelector('#stage button img')");
            browser.await("document.querySelector('#gallery .thumb')");
            browser.click("#gallery .thumb");
            browser.await("document.getElementById('viewer').textContent.includes('controlnet:1.0')");
            assertThat(browser.problems()).isEmpty();
        }
    }

    @Test
    void whatThereIsIsTold() {
        JsonNode models = RunningStudio.json(studio.get("/api/models"));
        assertThat(models.get("controlnets")).hasToString("[\"edges\"]");
        assertThat(models.get("preprocessors")).hasToString("[\"none\",\"canny\",\"luminance\"]");
        assertThat(RunningStudio.json(studio.get("/controlnet/model_list")).get("model_list"))
                .hasToString("[\"edges\"]");
        assertThat(RunningStudio.json(studio.get("/controlnet/module_list")).get("module_list"))
                .hasSize(3);
    }

    @Test
    void whatIsWrongIsSaid() {
        refused("\"controls\": {\"depth\": {\"image\": \"" + SHOWN + "\"}}", "no ControlNet of this name", "edges");
        refused("\"controls\": {\"../edges\": {\"image\": \"" + SHOWN + "\"}}", "no ControlNet of this name");
        refused("\"controls\": {\"edges\": {}}", "image is missing");
        refused("\"controls\": {\"edges\": null}", "has no image");
        refused("\"controls\": {\"edges\": {\"image\": \"" + SHOWN + "\", \"scale\": 1e9}}", "control scale 1.0E9");
        refused("\"controls\": {\"edges\": {\"image\": \"" + SHOWN + "\", \"end\": 2}}", "between 0 and 1");
        refused("\"controls\": {\"edges\": {\"image\": \"" + SHOWN + "\", \"weight\": 1}}", "weight");
        refused(
                "\"controls\": {\"edges\": {\"image\": \"" + SHOWN + "\", \"preprocessor\": \"depth\"}}",
                "no preprocessor of this name",
                "none, canny, luminance");
        String unit = "{\"image\": \"" + SHOWN + "\", \"model\": \"edges\"}";
        HttpResponse<String> many = studio.post(
                "/sdapi/v1/txt2img",
                "{" + REQUEST + ", \"alwayson_scripts\": {\"controlnet\": {\"args\": ["
                        + String.join(", ", List.of(unit, unit, unit, unit, unit)) + "]}}}");
        assertThat(many.statusCode()).isEqualTo(400);
        assertThat(many.body()).contains("the number of control images is 5: ask for 1 to 4");
    }

    private static void refused(String controls, String... saying) {
        HttpResponse<String> answer = studio.post("/api/generate", "{" + REQUEST + ", " + controls + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains(saying).doesNotContain(REFERENCE.toString());
    }

    private static int[] generated(String more) {
        HttpResponse<String> answer = studio.post("/api/generate", "{" + REQUEST + ", " + more + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return RunningStudio.events(answer).stream()
                .filter(event -> event.name().equals("image"))
                .map(event -> Images.pixels(event.data().get("png").textValue()))
                .findFirst()
                .orElseThrow();
    }
}
