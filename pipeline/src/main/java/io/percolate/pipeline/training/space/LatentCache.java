package io.percolate.pipeline.training.space;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.files.CancelledException;
import io.percolate.pipeline.data.DataItem;
import io.percolate.pipeline.data.DatasetException;
import io.percolate.pipeline.data.Framing;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The latents of every image of a data set, encoded once and kept in files, so that training needs neither the images
 * nor the autoencoder. They are found by the content of the image, by what became of it and by who encoded it: a changed
 * caption or another name encodes nothing again. Where images are mirrored, there are latents of both. Images that
 * cannot be read are left out.
 */
final class LatentCache implements AutoCloseable {

    private final Framing framing;
    private final LatentShards shards;
    private final Map<Path, String> contents = new HashMap<>();

    private LatentCache(Framing framing, LatentShards shards) {
        this.framing = framing;
        this.shards = shards;
    }

    /**
     * Opens the cache of {@code storage}, and encodes what it lacks.
     *
     * @param manager owns the images while they are encoded
     * @throws DatasetException if no image can be read
     */
    static LatentCache open(
            LatentStorage storage, ImageDataset dataset, Framing framing, PosteriorEncoder encoder, NDManager manager) {
        LatentCache cache = found(storage, framing, encoder.fingerprint());
        try {
            cache.fill(storage, dataset, encoder, manager);
            return cache;
        } catch (RuntimeException | Error e) {
            cache.close();
            throw e;
        }
    }

    /** What {@code storage} has of an encoder, whatever it lacks; the contents of files are unknown. */
    static LatentCache found(LatentStorage storage, Framing framing, String fingerprint) {
        return new LatentCache(framing, LatentShards.open(storage.folderOf(fingerprint), storage.type()));
    }

    private void fill(LatentStorage storage, ImageDataset dataset, PosteriorEncoder encoder, NDManager manager) {
        ImageContents known = ImageContents.open(storage.folder(), dataset);
        ImageDataset framed = dataset.where(framing::has);
        for (ImageEntry entry : framed.entries()) {
            CancelledException.ifInterrupted("reading images");
            known.of(entry.file())
                    .filter(content -> !known.isBroken(content))
                    .ifPresent(content -> add(entry.file(), content));
        }
        known.save();
        new EncodingPass(this, framing, encoder, known, storage).run(framed, manager);
        known.save();
        if (dataset.entries().stream().noneMatch(this::has)) {
            throw new DatasetException(dataset.folder() + ": no image to train on can be read");
        }
    }

    /** Remembers the fingerprint of what is in {@code file}. */
    void add(Path file, String content) {
        contents.put(file, content);
    }

    LatentShards shards() {
        return shards;
    }

    /** What the latents of an image are called; nothing if its file cannot be read. */
    Optional<String> name(ImageEntry entry, boolean mirrored) {
        return Optional.ofNullable(contents.get(entry.file())).map(content -> new LatentKey(
                        content, framing.transform().withSize(framing.of(entry).size()), mirrored)
                .text());
    }

    /** The sides of an image that training asks for: as it is, and mirrored. */
    Stream<Boolean> sides(ImageEntry entry) {
        return framing.transform().flips() && entry.mayBeMirrored() ? Stream.of(false, true) : Stream.of(false);
    }

    /** Whether there are latents of {@code entry}. */
    boolean has(ImageEntry entry) {
        return framing.has(entry)
                && sides(entry)
                        .allMatch(side -> name(entry, side).filter(shards::has).isPresent());
    }

    /** Means and standard deviations (B,2,C,h,w) for these images, mirrored or not as they say. */
    NDArray of(List<DataItem> items, NDManager manager) {
        boolean flips = framing.transform().flips();
        List<String> names = items.stream()
                .map(item -> name(item.entry(), flips && item.mirrored()).orElseThrow())
                .toList();
        return shards.read(names, manager);
    }

    @Override
    public void close() {
        shards.close();
    }
}
