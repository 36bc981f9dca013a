package io.percolate.studio.server;

import io.javalin.Javalin;
import io.javalin.util.JavalinBindException;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.studio.api.GenerateRoutes;
import io.percolate.studio.api.ListRoutes;
import io.percolate.studio.automatic.AutomaticRoutes;
import io.percolate.studio.explain.ExplainRoutes;
import io.percolate.studio.gallery.Gallery;
import io.percolate.studio.gallery.GalleryRoutes;
import io.percolate.studio.gallery.RecentImages;
import io.percolate.studio.http.Guards;
import io.percolate.studio.http.Intake;
import io.percolate.studio.http.RequestBody;
import io.percolate.studio.http.Routes;
import io.percolate.studio.openai.OpenAiRoutes;
import io.percolate.studio.runs.RunFolders;
import io.percolate.studio.runs.RunRoutes;
import io.percolate.studio.work.LoadedModels;
import io.percolate.studio.work.WorkQueues;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A running server: the page and all interfaces, in front of queues of work. */
public final class StudioServer implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final ServerSettings settings;
    private final LoadedModels models;
    private final WorkQueues queues;
    private final Readiness readiness;
    private final Javalin server;

    private StudioServer(ServerSettings settings) {
        this.settings = settings;
        models = new LoadedModels(settings.catalogue(), settings.load().modelMemory());
        queues = new WorkQueues(settings.catalogue(), models, settings.load().queue());
        readiness = new Readiness(queues);
        Binding binding = settings.binding();
        Guards guards = new Guards(Set.of(binding.host().toLowerCase(Locale.ROOT)), binding.token());
        server = HttpServer.create(settings.limits(), guards, routes());
    }

    /**
     * Starts a server, which answers at once and meanwhile loads its first model.
     *
     * @throws IllegalArgumentException if the port is taken
     */
    public static StudioServer start(ServerSettings settings) {
        TorchEngine.stayOffline();
        StudioServer studio = new StudioServer(settings);
        studio.listen(settings.binding());
        studio.readiness.begin(settings.catalogue().firstModel());
        return studio;
    }

    private void listen(Binding binding) {
        try {
            server.start(binding.host(), binding.port());
        } catch (JavalinBindException taken) {
            server.stop();
            throw new IllegalArgumentException(
                    "port " + binding.port() + " of " + binding.host() + " is taken: give another --port", taken);
        }
    }

    private List<Routes> routes() {
        RequestBody body = new RequestBody(settings.limits().bodyBytes());
        Intake intake = new Intake(settings.catalogue(), queues, body, settings.limits());
        Gallery gallery = new Gallery(settings.folders().gallery());
        RecentImages recent = new RecentImages();
        return List.of(
                new PageRoutes(),
                new HealthRoutes(queues, models, readiness),
                new ListRoutes(intake, models),
                new GenerateRoutes(intake, gallery),
                new ExplainRoutes(intake),
                new GalleryRoutes(gallery, recent),
                new RunRoutes(new RunFolders(settings.folders().runs())),
                new OpenAiRoutes(intake, recent),
                new AutomaticRoutes(intake));
    }

    /** Where the server answers. */
    public URI address() {
        String host = settings.binding().host();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.port() + "/");
    }

    /** Waits until the first model is in memory, and tells whether it is. */
    public boolean awaitModel() throws InterruptedException {
        return readiness.await();
    }

    /** Refuses what waits, finishes or cancels what runs, and frees the port and the models. */
    @Override
    public void close() {
        try {
            queues.stop(GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            server.stop();
        }
    }
}
