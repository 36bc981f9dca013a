package io.percolate.studio;

import io.percolate.command.CommandProgram;
import io.percolate.command.PercolateVersion;
import io.percolate.command.options.EmbeddingOptions;
import io.percolate.files.MemorySize;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.studio.request.Limits;
import io.percolate.studio.server.Binding;
import io.percolate.studio.server.ServerSettings;
import io.percolate.studio.server.StudioServer;
import io.percolate.studio.work.Catalogue;
import io.percolate.studio.work.QueueSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code percolate serve}, a program of its own, so that no other command starts with a server on its class path. */
@Command(
        name = "percolate serve",
        mixinStandardHelpOptions = true,
        versionProvider = PercolateVersion.class,
        sortOptions = false,
        description = "Start a web page and an HTTP API in front of models, print the address, and run until"
                + " interrupted.")
public final class PercolateServe implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "DIR|FILE",
            description = "model of requests that name none (default: the embedded model)")
    private Path model;

    @Mixin
    private EmbeddingOptions embeddings;

    @Option(
            names = "--preview-vae",
            paramLabel = "DIR",
            description = "autoencoder that decodes previews of --model in place of its own, such as a tiny one of the"
                    + " same latents")
    private Path previewVae;

    @Option(
            names = "--host",
            paramLabel = "H",
            defaultValue = "127.0.0.1",
            description = "address to listen on; others than this machine's own need --token (default:"
                    + " ${DEFAULT-VALUE})")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "7860",
            description = "port to listen on; 0 for one that is free (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--token",
            paramLabel = "T",
            defaultValue = "${env:PERCOLATE_TOKEN}",
            description = "what requests must have as Authorization: Bearer T, at least 16 characters; better given"
                    + " in the variable PERCOLATE_TOKEN, which other users do not see")
    private String token;

    @Option(names = "--models", paramLabel = "DIR", description = "folder of more models, which requests name")
    private Path models;

    @Option(names = "--loras", paramLabel = "DIR", description = "folder of LoRA files, which requests name")
    private Path loras;

    @Option(
            names = "--controlnet",
            paramLabel = "NAME=DIR|FILE",
            description = "ControlNet that requests name to steer a model by an image; may be repeated")
    private Map<String, Path> controlNets = new LinkedHashMap<>();

    @Option(
            names = "--gallery",
            paramLabel = "DIR",
            defaultValue = "percolate-gallery",
            description = "folder of the page's images (default: ${DEFAULT-VALUE})")
    private Path gallery;

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            description = "folder of trainings and comparisons that the page shows")
    private Path runs;

    @Option(
            names = "--queue",
            paramLabel = "N",
            defaultValue = "16",
            description = "requests that may wait for each model (default: ${DEFAULT-VALUE})")
    private int queue;

    @Option(
            names = "--merge",
            paramLabel = "N",
            defaultValue = "1",
            description = "most waiting requests that are generated at once if they differ in prompts and seeds alone"
                    + " (default: ${DEFAULT-VALUE})")
    private int merge;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            defaultValue = "8G",
            description = "most that the files of models in memory have together (default: ${DEFAULT-VALUE})")
    private String memory;

    @Option(names = "--until-ready", hidden = true, description = "stop once the model is loaded")
    private boolean untilReady;

    /** Runs the command and exits with its code. */
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        System.exit(run(arguments));
    }

    /** Runs the command and returns its exit code. */
    public static int run(String... arguments) {
        return CommandProgram.run(new PercolateServe(), arguments);
    }

    @Override
    public Integer call() throws InterruptedException {
        StudioServer server = StudioServer.start(settings());
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        spec.commandLine().getOut().println(server.address());
        spec.commandLine().getOut().flush();
        if (untilReady) {
            return server.awaitModel() ? 0 : 1;
        }
        new CountDownLatch(1).await();
        return 0;
    }

    private ServerSettings settings() {
        return new ServerSettings(
                new Binding(host, port, Optional.ofNullable(token)),
                new Catalogue(
                        Optional.ofNullable(model),
                        folder("--models", models),
                        folder("--loras", loras),
                        present(controlNets),
                        loading()),
                new ServerSettings.Folders(gallery, folder("--runs", runs)),
                Limits.DEFAULT,
                new ServerSettings.Load(new QueueSize(queue, merge), MemorySize.parse(memory)));
    }

    private LoadOptions loading() {
        LoadOptions options = previewVae == null ? LoadOptions.DEFAULT : LoadOptions.DEFAULT.withPreviewVae(previewVae);
        return embeddings.over(options);
    }

    private static Map<String, Path> present(Map<String, Path> controlNets) {
        controlNets.forEach((name, path) -> {
            if (!Files.exists(path)) {
                throw new IllegalArgumentException("--controlnet " + name + "=" + path + ": no such file or folder");
            }
        });
        return controlNets;
    }

    private static Optional<Path> folder(String option, Path path) {
        if (path != null && !Files.isDirectory(path)) {
            throw new IllegalArgumentException(option + " " + path + " is no folder");
        }
        return Optional.ofNullable(path);
    }
}
