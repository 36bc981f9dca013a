package io.percolate.cli.generate;

import ai.djl.ndarray.NDManager;
import io.percolate.cli.options.PreprocessorName;
import io.percolate.pipeline.control.Control;
import io.percolate.pipeline.control.ControlImage;
import io.percolate.pipeline.control.Preprocessor;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.model.LoadOptions;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Which ControlNets steer the images, and by what. */
final class ControlOptions {

    private static final double USUAL_SCALE = 1;

    @Option(
            names = "--controlnet",
            paramLabel = "DIR|FILE",
            description =
                    "ControlNet that steers the images by a --control-image; may be repeated, as the options below,"
                            + " which belong to the ControlNets in their order")
    private List<Path> networks = List.of();

    @Option(
            names = "--control-image",
            paramLabel = "FILE",
            description = "what the ControlNet is shown; or FILE.safetensors with the tensor condition (1,3,H,W) in"
                    + " [0,1]. An image is stretched to the size of the result")
    private List<Path> images = List.of();

    @Option(
            names = "--control-preprocessor",
            paramLabel = "NAME",
            converter = PreprocessorName.class,
            completionCandidates = PreprocessorName.class,
            description = "what makes a control image of the --control-image: ${COMPLETION-CANDIDATES} (default: none)")
    private List<Preprocessor> preprocessors = List.of();

    @Option(
            names = "--control-scale",
            paramLabel = "S",
            description = "how strongly it steers: 1 as it was trained, 0 not at all (default: 1)")
    private List<Double> scales = List.of();

    @Option(
            names = "--control-start",
            paramLabel = "F",
            description = "share of the steps after which it begins to steer, 0 to 1 (default: 0)")
    private List<Double> starts = List.of();

    @Option(
            names = "--control-end",
            paramLabel = "F",
            description = "share of the steps after which it no longer steers, 0 to 1 (default: 1)")
    private List<Double> ends = List.of();

    /** Asks for all that was given; tensors go to {@code manager}. */
    void applyTo(GenerationRequest.Builder request, NDManager manager) {
        if (images.size() != networks.size()) {
            throw new IllegalArgumentException(networks.size() + " --controlnet and " + images.size()
                    + " --control-image: give each ControlNet its image, in the same order");
        }
        requireOneEach("--control-preprocessor", preprocessors);
        requireOneEach("--control-scale", scales);
        requireOneEach("--control-start", starts);
        requireOneEach("--control-end", ends);
        for (int i = 0; i < images.size(); i++) {
            request.control(
                    new Control(image(i, manager), of(scales, i, USUAL_SCALE), of(starts, i, 0.0), of(ends, i, 1.0)));
        }
    }

    /** {@code loading} with the ControlNets. */
    LoadOptions applyTo(LoadOptions loading) {
        LoadOptions with = loading;
        for (Path network : networks) {
            with = with.withControlNet(network);
        }
        return with;
    }

    private ControlImage image(int index, NDManager manager) {
        Path file = images.get(index);
        return InitTensors.isNamed(file)
                ? new ControlImage.OfPixels(new InitTensors(file).condition(manager))
                : new ControlImage.OfImage(ImageFiles.read(file), of(preprocessors, index, Preprocessor.NONE));
    }

    /** The value for one ControlNet: its own, or the only one there is, or the usual one. */
    private static <T> T of(List<T> values, int index, T usual) {
        return values.isEmpty() ? usual : values.get(values.size() == 1 ? 0 : index);
    }

    private void requireOneEach(String option, List<?> values) {
        if (values.size() > 1 && values.size() != networks.size() || networks.isEmpty() && !values.isEmpty()) {
            throw new IllegalArgumentException(values.size() + " " + option + ", but " + networks.size()
                    + " --controlnet: give one for all, or one for each in the same order");
        }
    }
}
