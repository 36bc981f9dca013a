package io.percolate.cli.generate;

import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The files that images are written to: the one that was named, or new ones in a folder. */
record ImageNames(Path out, boolean isFolder) {

    private static final int LONGEST = 40;

    /** What {@code --out} means for so many images; fails if they cannot be written there. */
    static ImageNames of(Path out, int images) {
        boolean file = ImageFormat.find(out).isPresent() && !Files.isDirectory(out);
        if (file && images > 1) {
            throw new IllegalArgumentException(
                    "--out " + out + " is one file, for " + images + " images: give a folder");
        }
        if (!file && !Files.isDirectory(out) && (Files.exists(out) || ImageFiles.isImage(out))) {
            throw new IllegalArgumentException(
                    "--out " + out + " is neither a folder nor a .png, .jpg or .webp file: give one of them");
        }
        requireWritable(file ? out.toAbsolutePath().getParent() : out);
        return new ImageNames(out, !file);
    }

    /** Fails if nothing can be written into {@code folder}, which need not exist yet. */
    static void requireWritable(Path folder) {
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            throw new IllegalArgumentException(
                    "nothing can be written into " + folder + ": " + existing + " is no folder of yours, name another");
        }
    }

    /** Writes an image, whole or not at all, and says where. */
    Path save(GeneratedImage image) {
        Path path = isFolder ? unused(name(image)) : out;
        image.save(path);
        return path;
    }

    /** {@code a-red-apple-42}: letters and digits of the prompt, and the seed. */
    private static String name(GeneratedImage image) {
        String words = image.text()
                .prompt()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", "-")
                .replaceAll("^-", "");
        String subject = words.isEmpty() ? "image" : words.substring(0, Math.min(LONGEST, words.length()));
        return subject.replaceAll("-$", "") + "-" + image.seed();
    }

    /** A file that does not exist yet. */
    private Path unused(String name) {
        Path path = out.resolve(name + ".png");
        for (int i = 2; Files.exists(path); i++) {
            path = out.resolve(name + "-" + i + ".png");
        }
        return path;
    }
}
