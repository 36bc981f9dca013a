package io.percolate.pipeline.training.space;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.ComputeDevice;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.model.PartFolders;
import io.percolate.vae.AutoencoderKl;
import io.percolate.weights.tensors.ElementType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** An autoencoder that encodes shards of a latent cache, one after the other. For one thread at a time. */
public final class ShardEncoder implements AutoCloseable {

    private final NDManager manager;
    private final AutoencoderKl vae;
    private final PosteriorEncoder encoder;

    private ShardEncoder(NDManager manager, AutoencoderKl vae) {
        this.manager = manager;
        this.vae = vae;
        encoder = PosteriorEncoder.of(vae);
    }

    /** Loads the autoencoder in {@code vae}, by itself or part of a model; whoever asks for it closes it. */
    public static ShardEncoder load(Path vae, ComputeDevice device) {
        NDManager manager = TorchEngine.newManager(device.available());
        try {
            return new ShardEncoder(manager, AutoencoderKl.load(PartFolders.autoencoder(vae), manager));
        } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
        }
    }

    /** Tells this encoder from others: latents of one serve no model that is trained with another. */
    public String fingerprint() {
        return encoder.fingerprint();
    }

    /**
     * Encodes the images of {@code plan} into a file of {@code storage}, whole or not at all. A shard that is there
     * already, of an attempt whose success nobody heard of, stays as it is.
     */
    public ShardReport encode(ShardPlan plan, LatentStorage storage) {
        long begin = System.nanoTime();
        Path folder = storage.folderOf(fingerprint());
        Path finished = LatentShards.file(folder, plan.names());
        if (LatentShards.isWhole(finished)) {
            return new ShardReport(plan.images().size(), size(finished), new TreeMap<>(), seconds(begin));
        }
        try (Gathered gathered = new Gathered(plan)) {
            Map<Path, String> broken =
                    new GroupEncoder(encoder, storage.pixelsAtOnce()).encode(plan.group(), gathered, manager);
            long bytes = gathered.tensors.isEmpty() ? 0 : size(write(folder, gathered, storage.type()));
            TreeMap<String, String> reasons = new TreeMap<>();
            broken.forEach((file, reason) -> reasons.put(file.toString(), reason));
            return new ShardReport(gathered.images, bytes, reasons, seconds(begin));
        }
    }

    /** Encodes blank images of {@code side} x {@code side} pixels, as many as at once otherwise, to see what it takes. */
    public void rehearse(int side, long pixelsAtOnce) {
        long images = GroupEncoder.batchSize((long) side * side, pixelsAtOnce);
        try (NDArray blank = manager.zeros(new Shape(images, 3, side, side));
                NDArray posterior = encoder.encode(blank)) {
            posterior.toFloatArray();
        }
    }

    private static Path write(Path folder, Gathered gathered, ElementType type) {
        return LatentShards.write(folder, gathered.tensors, type);
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        vae.close();
        manager.close();
    }

    /** The latents of a shard until it is written. */
    private static final class Gathered implements GroupEncoder.Latents, AutoCloseable {

        private final ShardPlan plan;
        private final Map<Path, ShardPlan.Source> sources;
        private final Map<String, NDArray> tensors = new HashMap<>();
        private int images;

        Gathered(ShardPlan plan) {
            this.plan = plan;
            sources = plan.sources();
        }

        @Override
        public String name(ImageEntry entry, boolean mirrored) {
            return plan.name(sources.get(entry.file()), mirrored);
        }

        @Override
        public void add(String name, NDArray latents) {
            tensors.put(name, latents);
        }

        @Override
        public void encoded(int count) {
            images += count;
        }

        @Override
        public void close() {
            tensors.values().forEach(NDArray::close);
        }
    }
}
