package io.percolate.pipeline.cli;

import io.percolate.pipeline.GeneratedImage;
import io.percolate.pipeline.images.ImageFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The files that pictures are written to: the one that was named, or new ones in a folder. */
record PictureFiles(Path out, boolean isFolder) {

    private static final int LONGEST = 40;

    /** What {@code --out} means for so many pictures; fails if they cannot be written there. */
    static PictureFiles of(Path out, int pictures) {
        boolean png = out.toString().toLowerCase(Locale.ROOT).endsWith(".png") && !Files.isDirectory(out);
        if (png && pictures > 1) {
            throw new IllegalArgumentException(
                    "--out " + out + " is one file, for " + pictures + " pictures: give a folder");
        }
        if (!png && !Files.isDirectory(out) && (Files.exists(out) || ImageFiles.isImage(out))) {
            throw new IllegalArgumentException(
                    "--out " + out + " is neither a folder nor a .png file: give one of the two");
        }
        requireWritable(png ? out.toAbsolutePath().getParent() : out);
        return new PictureFiles(out, !png);
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

    /** Writes a picture, whole or not at all, and says where. */
    Path save(GeneratedImage picture) {
        Path path = isFolder ? unused(name(picture)) : out;
        picture.save(path);
        return path;
    }

    /** {@code a-red-apple-42}: letters and digits of the prompt, and the seed. */
    private static String name(GeneratedImage picture) {
        String words = picture.text()
                .prompt()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", "-")
                .replaceAll("^-", "");
        String subject = words.isEmpty() ? "picture" : words.substring(0, Math.min(LONGEST, words.length()));
        return subject.replaceAll("-$", "") + "-" + picture.seed();
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
