package io.percolate.weights.tensors;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What is given for a file of weights by mistake, told by its first bytes. */
final class ForeignFormats {

    private static final String NO_WEIGHTS = " and not weights: choose the folder or file of a model";

    private static final Map<Pattern, String> KINDS = kinds();

    private ForeignFormats() {}

    /** Fails with what {@code file} is if its first bytes, as Latin-1, tell that it is something else. */
    static void refuse(Path file, String start) {
        KINDS.forEach((bytes, what) -> {
            if (bytes.matcher(start).lookingAt()) {
                throw new WeightsException(file + ": " + what);
            }
        });
    }

    private static Map<Pattern, String> kinds() {
        Map<Pattern, String> kinds = new LinkedHashMap<>();
        kind(kinds, "version ", "a Git LFS pointer and not the weights: run git lfs pull");
        kind(kinds, "<", "a web page and not the weights: download the file itself");
        kind(kinds, "\u0089PNG", "a PNG image" + NO_WEIGHTS);
        kind(kinds, "\u00ff\u00d8\u00ff[^\0]", "a JPEG image" + NO_WEIGHTS);
        kind(kinds, "GIF8", "a GIF image" + NO_WEIGHTS);
        kind(kinds, "RIFF....WEBP", "a WebP image" + NO_WEIGHTS);
        kind(kinds, "(II\\*\0|MM\0\\*)", "a TIFF image" + NO_WEIGHTS);
        kind(kinds, "%PDF", "a PDF document" + NO_WEIGHTS);
        kind(kinds, "\u001f\u008b", "compressed with gzip: unpack it and name what is inside");
        kind(kinds, "GGUF", "GGUF weights, which are not supported: download the safetensors file of the model");
        return kinds;
    }

    private static void kind(Map<Pattern, String> kinds, String start, String what) {
        kinds.put(Pattern.compile(start, Pattern.DOTALL), what);
    }
}
