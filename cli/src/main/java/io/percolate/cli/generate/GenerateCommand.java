package io.percolate.cli.generate;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.percolate.cli.progress.GenerationBar;
import io.percolate.command.options.ModelOptions;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationRequest;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code percolate generate}. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Generate images from prompts, write each file as soon as its image is finished, and print the paths.")
public final class GenerateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PROMPT",
            arity = "0..*",
            description = "what the images show; several prompts make one batch. Models without text take none")
    private List<String> prompts = List.of();

    @Mixin
    private ModelOptions model;

    @Mixin
    private PromptOptions reading;

    @Mixin
    private SamplingOptions sampling;

    @Mixin
    private ImageOptions wanted;

    @Mixin
    private InitImageOptions initImage;

    @Mixin
    private ControlOptions controls;

    @Mixin
    private ResultOptions result;

    @Mixin
    private PreviewOptions previews;

    @Override
    public Integer call() {
        if (prompts.isEmpty() && model.isEmbedded()) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: 'PROMPT'");
        }
        GenerationRequest.Builder request = GenerationRequest.of(prompts.toArray(String[]::new));
        reading.applyTo(request);
        sampling.applyTo(request);
        wanted.applyTo(request);
        try (NDManager manager = TorchEngine.newManager(Device.cpu())) {
            initImage.applyTo(request, manager);
            controls.applyTo(request, manager);
            generate(request.build());
        }
        return 0;
    }

    private void generate(GenerationRequest request) {
        ImageSaver saver = new ImageSaver(result.files(request));
        previews.check();
        try (Pipeline pipeline = model.openForOneRequest(loading -> previews.applyTo(controls.applyTo(loading)))) {
            List<GeneratedImage> images = generate(pipeline, request, saver);
            spec.commandLine().getOut().println(result.report(images, saver.written()));
        }
    }

    private List<GeneratedImage> generate(Pipeline pipeline, GenerationRequest request, ImageSaver saver) {
        try (GenerationBar bar = new GenerationBar()) {
            return pipeline.generate(
                    request,
                    saver.and(result.tensors()).and(previews.listener()).and(bar));
        }
    }
}
