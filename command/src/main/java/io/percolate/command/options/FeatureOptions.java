package io.percolate.command.options;

import io.percolate.pipeline.evaluation.features.FeatureChoice;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which network's features images are compared by: a group of options of which one may be given. */
public final class FeatureOptions {

    @Option(
            names = "--features",
            paramLabel = "FILE.pt",
            description = "TorchScript file of a feature network with the call of the published Inception file; it is a"
                    + " program: use none of unknown origin")
    private Path file;

    @Option(
            names = "--own-features",
            description =
                    "compare by the features of a small network that is trained on the data set first: no download,"
                            + " but numbers that compare with nothing published")
    private boolean own;

    /** What was asked for, if anything. */
    public Optional<FeatureChoice> choice() {
        return own
                ? Optional.of(FeatureChoice.Own.DEFAULT)
                : Optional.ofNullable(file).map(FeatureChoice.File::new);
    }
}
