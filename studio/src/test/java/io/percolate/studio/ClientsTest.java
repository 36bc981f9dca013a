package io.percolate.studio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.openai.OpenAiImageModel;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ParameterText;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.studio.request.Limits;
import io.percolate.studio.server.Binding;
import io.percolate.studio.server.ServerSettings;
import io.percolate.studio.work.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.ai.openai.OpenAiImageOptions;
import org.springframework.ai.openai.api.OpenAiImageApi;

/** Clients that others wrote get the image that the library gives for the seed which the image tells. */
class ClientsTest {

    @TempDir
    private static Path folder;

    private static RunningStudio studio;
    private static Pipeline pipeline;

    @BeforeAll
    static void start() throws IOException {
        Path model = QuickModel.in(folder);
        pipeline = Pipeline.load(model);
        studio = new RunningStudio(new ServerSettings(
                Binding.LOCAL,
                new Catalogue(Optional.of(model), Optional.empty(), Optional.empty(), LoadOptions.DEFAULT),
                new ServerSettings.Folders(folder.resolve("gallery"), Optional.empty()),
                Limits.DEFAULT,
                ServerSettings.Load.DEFAULT));
    }

    @AfterAll
    static void stop() {
        studio.close();
        pipeline.close();
    }

    @Test
    void langChain4jGetsAnImage() throws IOException {
        String address = studio.address().resolve("/v1").toString();
        OpenAiImageModel model = OpenAiImageModel.builder()
                .baseUrl(address)
                .apiKey("none")
                .modelName("quick")
                .responseFormat("b64_json")
                .build();
        requireLibrarysImage(model.generate("a red apple").content().base64Data());
    }

    @Test
    void springAiGetsAnImage() throws IOException {
        String address = studio.address().toString();
        OpenAiImageApi api =
                OpenAiImageApi.builder().baseUrl(address).apiKey("none").build();
        OpenAiImageOptions options =
                OpenAiImageOptions.builder().responseFormat("b64_json").build();
        requireLibrarysImage(new org.springframework.ai.openai.OpenAiImageModel(api)
                .call(new ImagePrompt("a red apple", options))
                .getResult()
                .getOutput()
                .getB64Json());
    }

    private static void requireLibrarysImage(String base64) throws IOException {
        byte[] png = Base64.getDecoder().decode(base64);
        ParameterText text = ImageFiles.readText(Files.write(folder.resolve("image.png"), png))
                .orElseThrow();
        assertThat(text.prompt()).isEqualTo("a red apple");
        long seed = Long.parseLong(text.settings().get(ParameterText.SEED));
        GenerationRequest request =
                GenerationRequest.of(text.prompt()).seed(seed).build();
        assertThat(Images.pixels(png))
                .isEqualTo(Images.pixels(pipeline.generate(request).get(0).image()));
    }
}
