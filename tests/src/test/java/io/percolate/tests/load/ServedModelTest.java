package io.percolate.tests.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.images.ImageFormat;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.studio.request.Limits;
import io.percolate.studio.server.Binding;
import io.percolate.studio.server.ServerSettings;
import io.percolate.studio.server.StudioServer;
import io.percolate.studio.work.Catalogue;
import io.percolate.tests.TestFolders;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server opens its model as it is told to: with learned tokens, and an autoencoder for previews. */
class ServedModelTest {

    private static final Path MODEL = TestFolders.DATA.resolve("sd1-tiny");
    private static final Path TOKEN = TestFolders.DATA.resolve("textual-inversion-sd1/painterly.safetensors");
    private static final Path PREVIEW_VAE = TestFolders.DATA.resolve("taesd/vae");
    private static final String PROMPT = "a photo, <painterly>";

    @TempDir
    private Path gallery;

    @Test
    void promptsMayHoldLearnedTokensAndPreviewsHaveTheirOwnAutoencoder() throws IOException, InterruptedException {
        LoadOptions loading =
                LoadOptions.DEFAULT.withEmbedding(TOKEN, "<painterly>").withPreviewVae(PREVIEW_VAE);
        ServerSettings settings = new ServerSettings(
                Binding.LOCAL,
                new Catalogue(Optional.of(MODEL), Optional.empty(), Optional.empty(), loading),
                new ServerSettings.Folders(gallery, Optional.empty()),
                Limits.DEFAULT,
                ServerSettings.Load.DEFAULT);
        try (StudioServer server = StudioServer.start(settings);
                Pipeline pipeline = Pipeline.load(MODEL, loading)) {
            GenerationRequest request =
                    GenerationRequest.of(PROMPT).seed(5).steps(3).size(64, 64).build();
            byte[] expected = pipeline.generate(request).get(0).bytes(ImageFormat.PNG);
            assertThat(events(server))
                    .contains("event: preview")
                    .contains(Base64.getEncoder().encodeToString(expected));
        }
    }

    private static String events(StudioServer server) throws IOException, InterruptedException {
        String body = "{\"prompt\": \"" + PROMPT + "\", \"seed\": 5, \"steps\": 3, \"width\": 64, \"height\": 64}";
        HttpRequest request = HttpRequest.newBuilder(server.address().resolve("/api/generate"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
