package io.percolate.studio;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.studio.server.Binding;
import io.percolate.studio.server.ServerSettings;
import io.percolate.studio.work.Catalogue;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every interface gives the images that the library gives for the same seeds. */
class InterfacesTest {

    private static final int STEPS = 2;

    @TempDir
    private static Path folder;

    private static RunningStudio studio;
    private static List<int[]> expected;

    @BeforeAll
    static void startWithTheEmbeddedModel() {
        studio = RunningStudio.embedded(folder.resolve("gallery"));
        GenerationRequest request = GenerationRequest.of("a red apple")
                .steps(STEPS)
                .seed(7)
                .count(2)
                .build();
        try (Pipeline pipeline = Pipeline.embedded()) {
            expected = pipeline.generate(request).stream()
                    .map(image -> Images.pixels(image.image()))
                    .toList();
        }
    }

    @AfterAll
    static void stop() {
        studio.close();
    }

    @Test
    void generationStreamsStepsPreviewsAndImages() {
        HttpResponse<String> answer =
                studio.post("/api/generate", "{\"prompt\": \"a red apple\", \"steps\": 2, \"seed\": 7, \"count\": 2}");
        List<RunningStudio.Event> events = RunningStudio.events(answer);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        assertThat(events).extracting(RunningStudio.Event::name).startsWith("queued");
        assertThat(events) // a slow machine says again how long the queue is
                .extracting(RunningStudio.Event::name)
                .filteredOn(name -> !name.equals("queued"))
                .endsWith("image", "image", "done");
        assertThat(events).extracting(RunningStudio.Event::name).contains("step", "preview");
        assertThat(named(events, "image"))
                .extracting(image -> Images.pixels(image.get("png").textValue()))
                .containsExactlyElementsOf(expected);
        assertThat(named(events, "image"))
                .extracting(image -> image.get("seed").longValue())
                .containsExactly(7L, 8L);
    }

    @Test
    void aKeyThatThereIsNotIsRefused() {
        HttpResponse<String> answer = studio.post("/api/generate", "{\"prompt\": \"a\", \"stepz\": 3}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(RunningStudio.json(answer).at("/error/message").textValue()).contains("stepz");
    }

    @Test
    void openAiGivesImagesAsText() {
        JsonNode answer = RunningStudio.json(studio.post(
                "/v1/images/generations",
                "{\"prompt\": \"a red apple\", \"steps\": 2, \"seed\": 7, \"response_format\": \"b64_json\","
                        + " \"model\": \"dall-e-3\", \"quality\": \"standard\"}"));
        assertThat(answer.get("data"))
                .extracting(image -> Images.pixels(image.get("b64_json").textValue()))
                .containsExactly(expected.get(0));
    }

    @Test
    void openAiGivesAddressesOfImages() {
        JsonNode answer = RunningStudio.json(
                studio.post("/v1/images/generations", "{\"prompt\": \"a red apple\", \"steps\": 2, \"seed\": 7}"));
        String address = answer.at("/data/0/url").textValue();
        assertThat(address).startsWith(studio.address().toString());
        assertThat(Images.pixels(studio.bytes(address).body())).isEqualTo(expected.get(0));
    }

    @Test
    void openAiEditsWhereTheMaskIsTransparent() {
        String mask = new String(Images.png(Images.disc(128)), StandardCharsets.ISO_8859_1);
        String body =
                part("prompt", "", "a red apple") + part("steps", "", "2") + part("response_format", "", "b64_json")
                        + part("image", "; filename=\"a.png\"", mask) + "--edge--\r\n";
        HttpResponse<String> answer = studio.send(
                "/v1/images/edits", request -> request.header("Content-Type", "multipart/form-data; boundary=edge")
                        .POST(BodyPublishers.ofString(body, StandardCharsets.ISO_8859_1)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Images.pixels(
                        RunningStudio.json(answer).at("/data/0/b64_json").textValue()))
                .hasSize(128 * 128);
    }

    private static String part(String name, String more, String value) {
        return "--edge\r\nContent-Disposition: form-data; name=\"" + name + "\"" + more + "\r\n\r\n" + value + "\r\n";
    }

    @Test
    void openAiListsModels() {
        assertThat(RunningStudio.json(studio.get("/v1/models")).at("/data/0/id").textValue())
                .isEqualTo("embedded");
    }

    @Test
    void automaticTurnsTextIntoImages() {
        JsonNode answer = RunningStudio.json(studio.post(
                "/sdapi/v1/txt2img",
                "{\"prompt\": \"a red apple\", \"steps\": 2, \"seed\": 7, \"batch_size\": 2, \"sampler_name\": \"\","
                        + " \"restore_faces\": false}"));
        assertThat(answer.get("images"))
                .extracting(image -> Images.pixels(image.textValue()))
                .containsExactlyElementsOf(expected);
        assertThat(answer.get("info").textValue()).contains("\"all_seeds\":[7,8]");
    }

    @Test
    void automaticTurnsImagesIntoImages() {
        String image = Images.base64(Images.disc(128));
        HttpResponse<String> answer = studio.post(
                "/sdapi/v1/img2img",
                "{\"prompt\": \"a red apple\", \"steps\": 2, \"seed\": 7, \"init_images\": [\"" + image
                        + "\"], \"denoising_strength\": 0.5, \"sampler_name\": \"Euler a\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(RunningStudio.json(answer).get("images")).hasSize(1);
    }

    @Test
    void automaticTellsWhatThereIs() {
        assertThat(RunningStudio.json(studio.get("/sdapi/v1/samplers"))).hasSize(16);
        assertThat(RunningStudio.json(studio.get("/sdapi/v1/sd-models"))
                        .at("/0/title")
                        .textValue())
                .isEqualTo("embedded");
        assertThat(RunningStudio.json(studio.get("/sdapi/v1/progress"))
                        .get("progress")
                        .doubleValue())
                .isBetween(0.0, 1.0);
        assertThat(studio.post("/sdapi/v1/options", "{\"sd_model_checkpoint\": \"embedded\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(studio.post("/sdapi/v1/interrupt", "").statusCode()).isEqualTo(200);
    }

    @Test
    void aKeptImageIsInTheGalleryUntilItIsDeleted() {
        List<RunningStudio.Event> events = RunningStudio.events(studio.post(
                "/api/generate", "{\"prompt\": \"a red apple\", \"steps\": 2, \"seed\": 7, \"gallery\": true}"));
        String id = named(events, "image").get(0).get("id").textValue();
        JsonNode first = RunningStudio.json(studio.get("/api/gallery")).at("/images/0");
        assertThat(first.get("id").textValue()).isEqualTo(id);
        assertThat(first.at("/settings/Seed").textValue()).isEqualTo("7");
        assertThat(Images.pixels(studio.bytes(first.get("url").textValue()).body()))
                .isEqualTo(expected.get(0));
        assertThat(studio.send("/api/gallery/" + id, request -> request.DELETE())
                        .statusCode())
                .isEqualTo(204);
        assertThat(studio.get("/api/gallery/" + id + ".png").statusCode()).isEqualTo(404);
    }

    @Test
    void anExplanationHasEveryMomentOfBothChains() {
        List<JsonNode> frames = named(
                RunningStudio.events(studio.post(
                        "/api/explain",
                        "{\"prompt\": \"a red apple\", \"steps\": 2, \"seed\": 7, \"guidance_scale\": 4}")),
                "frame");
        assertThat(frames).hasSize(2 * (1 + STEPS));
        assertThat(frames)
                .extracting(frame -> frame.get("guided").booleanValue())
                .containsSequence(true, true, false);
        assertThat(frames.get(0).get("latents")).isEqualTo(frames.get(1 + STEPS).get("latents"));
        assertThat(frames.get(STEPS).get("predicted"))
                .isNotEqualTo(frames.get(1 + 2 * STEPS).get("predicted"));
    }

    /** A token of three vectors, as long as the words of the embedded model. */
    @Test
    void learnedTokensAreCountedToo() {
        Path file = folder.resolve("learned.safetensors");
        try (NDManager manager = TorchEngine.newManager()) {
            SafeTensors.write(file, Map.of("<xyz>", manager.ones(new Shape(3, 192))), Map.of(), ElementType.F32);
        }
        Catalogue learned = new Catalogue(
                Optional.empty(), Optional.empty(), Optional.empty(), LoadOptions.DEFAULT.withEmbedding(file));
        ServerSettings usual = ServerSettings.embedded(Binding.LOCAL, folder.resolve("other"));
        ServerSettings settings =
                new ServerSettings(usual.binding(), learned, usual.folders(), usual.limits(), usual.load());
        try (RunningStudio other = new RunningStudio(settings)) {
            JsonNode tokens = RunningStudio.json(other.post("/api/tokens", "{\"prompt\": \"a <xyz> apple\"}"));
            assertThat(tokens.get("count").intValue()).isEqualTo(2 + 2 + 3);
        }
    }

    @Test
    void tokensAreCounted() {
        JsonNode tokens = RunningStudio.json(studio.post("/api/tokens", "{\"prompt\": \"a red apple\"}"));
        assertThat(tokens.get("count").intValue()).isEqualTo(5);
        assertThat(tokens.get("limit").intValue()).isEqualTo(32);
    }

    @Test
    void healthReadinessAndMetricsAreTold() {
        studio.post("/v1/images/generations", "{\"prompt\": \"a red apple\", \"steps\": 1}");
        assertThat(studio.get("/health").statusCode()).isEqualTo(200);
        assertThat(RunningStudio.json(studio.get("/ready")).get("ready").booleanValue())
                .isTrue();
        assertThat(studio.get("/metrics").body())
                .contains("# TYPE percolate_images_total counter\npercolate_images_total ")
                .contains("percolate_jobs_waiting 0.0");
    }

    private static List<JsonNode> named(List<RunningStudio.Event> events, String name) {
        return events.stream()
                .filter(event -> event.name().equals(name))
                .map(RunningStudio.Event::data)
                .toList();
    }
}
