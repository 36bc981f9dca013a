package io.percolate.pipeline.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.percolate.diffusion.process.DiffusionLoss;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchArray;
import io.percolate.nn.random.NoiseSource;
import io.percolate.nn.random.RandomStream;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.training.conditioning.Conditioning;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The loss of a denoiser on images that it does not learn from, with the same noise and timesteps every time: each image
 * once in every quarter of the timesteps.
 */
public final class DiffusionValidation {

    private static final int QUARTERS = 4;
    private static final long SEED = 0x5eed;

    private final DiffusionNetworks networks;
    private final DiffusionLoss loss;
    private final Precision precision;
    private final double[] sums = new double[QUARTERS];
    private int images;

    private DiffusionValidation(DiffusionNetworks networks, DiffusionLoss loss, Precision precision) {
        this.networks = networks;
        this.loss = loss;
        this.precision = precision;
    }

    /**
     * {@code held_out_loss}, the mean, and that of each quarter, from {@code held_out_loss_1} with the least noise to
     * {@code held_out_loss_4}; nothing if there are no images.
     *
     * @param heldOut the images, closed by the caller
     * @param manager owns the images of a batch
     */
    public static Map<String, Double> of(
            DiffusionNetworks networks,
            DiffusionLoss loss,
            Precision precision,
            BatchLoader heldOut,
            NDManager manager) {
        DiffusionValidation validation = new DiffusionValidation(networks, loss, precision);
        while (heldOut.hasNext()) {
            try (Batch batch = heldOut.next(manager)) {
                Scope.run(() -> validation.add(batch));
            }
        }
        return validation.images == 0 ? Map.of() : validation.means();
    }

    private void add(Batch batch) {
        NDArray latents = networks.space().encode(batch, NoiseSource.perImage(seeds(batch.size())));
        Steering.Steered steered = networks.steering().by(batch);
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            sums[quarter] += batch.size() * loss(batch, latents, steered, quarter);
        }
        images += batch.size();
    }

    /** An image has the same noise whatever it comes with. */
    private long[] seeds(int count) {
        return LongStream.range(images, images + count).toArray();
    }

    private double loss(Batch batch, NDArray latents, Steering.Steered steered, int quarter) {
        NDList noises = new NDList();
        long[] steps = new long[batch.size()];
        for (int i = 0; i < steps.length; i++) {
            RandomStream random = RandomStream.of(SEED + quarter, images + i);
            steps[i] = (long) ((quarter + random.nextDouble())
                    / QUARTERS
                    * loss.schedule().steps());
            noises.add(random.normal(latents.getManager(), latents.getShape().slice(1), DataType.FLOAT32));
        }
        NDArray noise = NDArrays.stack(noises);
        NDArray timesteps = TorchArray.of(latents.getManager(), steps);
        NDArray noisy = Aten.to(loss.schedule().addNoise(latents, noise, timesteps), precision);
        Conditioning conditioning = networks.conditioning();
        DenoiserInputs inputs = conditioning.encode(conditioning.prompts(batch));
        NDArray output = networks.unet()
                .forward(noisy, timesteps, inputs, steered.residuals(noisy, timesteps, inputs, all -> all));
        return loss.mse(output, loss.target(latents, noise, timesteps), timesteps)
                .getFloat();
    }

    private Map<String, Double> means() {
        Map<String, Double> means = new LinkedHashMap<>();
        double total = 0;
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            total += sums[quarter] / images / QUARTERS;
        }
        means.put("held_out_loss", total);
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            means.put("held_out_loss_" + (quarter + 1), sums[quarter] / images);
        }
        return means;
    }
}
