package io.percolate.studio.gallery;

import io.percolate.files.AtomicFile;
import io.percolate.files.BadFileException;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.studio.http.RequestId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of generated images, made when the first one comes. Each file is written whole or not at all, and says itself
 * how it was made, so that there is no index to lose. Thread-safe.
 */
public final class Gallery {

    private static final Pattern ID = Pattern.compile("\\d{8}-\\d{9}-[0-9a-f]{8}");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmssSSS");
    private static final Duration ABANDONED = Duration.ofMinutes(10);

    private final Path folder;
    private final Map<String, Optional<GalleryImage>> known = new ConcurrentHashMap<>();

    /** The gallery in {@code folder}; what a killed server left half-written there goes. */
    public Gallery(Path folder) {
        this.folder = folder;
        if (Files.isDirectory(folder)) {
            AtomicFile.removeLeftovers(folder, ABANDONED);
        }
    }

    /** Keeps a PNG file, and gives it a name. */
    public String add(byte[] png) {
        String id = TIME.format(LocalDateTime.now()) + "-" + RequestId.random(4);
        AtomicFile.write(file(id), out -> out.write(png));
        return id;
    }

    /** At most {@code count} images, the newest first, beginning after the one called {@code after}, if that is given. */
    public List<GalleryImage> page(Optional<String> after, int count) {
        List<GalleryImage> page = new ArrayList<>();
        for (String id : newestFirst()) {
            boolean wanted = after.isEmpty() || id.compareTo(after.get()) < 0;
            if (wanted && page.size() < count) {
                find(id).ifPresent(page::add);
            }
        }
        return page;
    }

    /** The PNG file of an image, if it is there. */
    public Optional<byte[]> png(String id) {
        try {
            return isId(id) ? Optional.of(Files.readAllBytes(file(id))) : Optional.empty();
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes an image, and tells whether it was there. */
    public boolean delete(String id) {
        try {
            known.remove(id);
            return isId(id) && Files.deleteIfExists(file(id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    private Path file(String id) {
        return folder.resolve(id + ".png");
    }

    /** What is no image stays in the folder, and out of the gallery. */
    private Optional<GalleryImage> find(String id) {
        return known.computeIfAbsent(id, name -> read(name));
    }

    private Optional<GalleryImage> read(String id) {
        try {
            return ImageFiles.readText(file(id)).map(text -> new GalleryImage(id, text));
        } catch (BadFileException broken) {
            return Optional.empty();
        }
    }

    private List<String> newestFirst() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".png"))
                    .map(name -> name.substring(0, name.length() - 4))
                    .filter(Gallery::isId)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
