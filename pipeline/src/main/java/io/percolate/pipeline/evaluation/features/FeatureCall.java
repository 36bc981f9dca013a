package io.percolate.pipeline.evaluation.features;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The call of a feature network. The engine knows arguments by their place only: their names are in the file's code. */
final class FeatureCall {

    /** What the published file has. */
    static final String EXPECTED =
            "forward(images uint8 (B,3,H,W), return_features=True) to features (B,D), as the published Inception file has";

    private static final String ARGUMENT = "return_features: bool";

    private FeatureCall() {}

    /**
     * Fails if the code in {@code file} has no such argument. What is no archive is left to the engine to refuse.
     *
     * @throws IllegalArgumentException which says what call is expected
     */
    static void require(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (!hasArgument(zip)) {
                throw new IllegalArgumentException(
                        file + " has no argument return_features: give a file with the call " + EXPECTED);
            }
        } catch (ZipException noArchive) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static boolean hasArgument(ZipFile zip) throws IOException {
        Enumeration<? extends ZipEntry> entries = zip.entries();
        while (entries.hasMoreElements()) {
            ZipEntry entry = entries.nextElement();
            if (entry.getName().endsWith(".py") && text(zip, entry).contains(ARGUMENT)) {
                return true;
            }
        }
        return false;
    }

    private static String text(ZipFile zip, ZipEntry entry) throws IOException {
        return new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    }
}
