package io.percolate.cluster.encode;

import io.percolate.cluster.session.Held;
import io.percolate.nn.engine.ComputeDevice;
import io.percolate.pipeline.training.recipe.CacheType;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.space.LatentStorage;
import io.percolate.pipeline.training.space.ShardEncoder;
import io.percolate.pipeline.training.space.ShardPlan;
import io.percolate.pipeline.training.space.ShardReport;
import java.nio.file.Path;
import org.apache.spark.api.java.function.Function;

/**
 * Encodes one shard, with the autoencoder that its process holds.
 *
 * @param vae folder of the autoencoder
 * @param cache folder of the cache
 * @param type what latents are stored as
 * @param pixelsAtOnce pixels of the images that are encoded together
 * @param device where
 */
record EncodeTask(String vae, String cache, CacheType type, long pixelsAtOnce, String device)
        implements Function<ShardPlan, ShardReport> {

    private record Loading(String vae, String device) {}

    private static final Held<Loading, ShardEncoder> ENCODER = new Held<>(
            loading -> ShardEncoder.load(Path.of(loading.vae), ComputeDevice.parse(loading.device)),
            ShardEncoder::close);

    @Override
    public ShardReport call(ShardPlan plan) {
        return encoder().encode(plan, storage());
    }

    /** That of this process. */
    ShardEncoder encoder() {
        return ENCODER.get(new Loading(vae, device));
    }

    LatentStorage storage() {
        return new LatentStorage(Path.of(cache), type.type(), pixelsAtOnce, TrainingListener.NONE);
    }
}
