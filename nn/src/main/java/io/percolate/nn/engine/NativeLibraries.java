package io.percolate.nn.engine;

import ai.djl.engine.EngineException;
import ai.djl.util.Platform;
import ai.djl.util.Utils;
import java.util.Set;

/** The native libraries of PyTorch, which programs choose by where they run. */
final class NativeLibraries {

    private static final Set<String> PUBLISHED = Set.of("linux-x86_64", "linux-aarch64", "osx-aarch64", "win-x86_64");

    private NativeLibraries() {}

    /** Whether some are on the class path, or in a folder that the user has named. */
    static boolean areThere() {
        return NativeLibraries.class.getResource("/native/lib/pytorch.properties") != null
                || Utils.getEnvOrSystemProperty("PYTORCH_LIBRARY_PATH") != null;
    }

    /** How to get some. */
    static String missing() {
        Platform here = Platform.fromSystem("pytorch");
        String classifier = here.getClassifier();
        String advice = PUBLISHED.contains(classifier)
                ? "add ai.djl.pytorch:pytorch-native-cpu:" + here.getVersion() + ":" + classifier
                        + " to what the program runs with"
                : "none are published for this system, only for " + String.join(", ", PUBLISHED);
        return "no native libraries of PyTorch: " + advice + ", or name a libtorch with PYTORCH_LIBRARY_PATH";
    }

    /** {@code failed}, or where the system could not map the libraries, the same with the reason and the way out. */
    static EngineException unloadable(EngineException failed) {
        String reason = failed.getCause() == null
                ? ""
                : String.valueOf(failed.getCause().getMessage());
        return reason.contains("failed to map segment") || reason.contains("annot allocate memory")
                ? new EngineException(
                        "not enough memory to load PyTorch's libraries: allow the process more address space"
                                + " (ulimit -v), about 2 GB with a small Java heap",
                        failed)
                : failed;
    }
}
