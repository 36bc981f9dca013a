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
import io.percolate.nn.engine.TorchArray;
import io.percolate.nn.random.NoiseSource;
import io.percolate.nn.random.RandomStream;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.data.BatchMeans;
import io.percolate.pipeline.training.conditioning.Conditioning;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
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
        return BatchMeans.of(heldOut, manager, new DiffusionValidation(networks, loss, precision)::losses);
    }

    /** An image has the same noise whatever it comes with. */
    private Map<String, Double> losses(Batch batch, int before) {
        long[] seeds = LongStream.range(before, before + batch.size()).toArray();
        NDArray latents = networks.space().encode(batch, NoiseSource.perImage(seeds));
        Steering.Steered steered = networks.steering().by(batch);
        double[] quarters = IntStream.range(0, QUARTERS)
                .mapToDouble(quarter -> loss(batch, before, latents, steered, quarter))
                .toArray();
        Map<String, Double> losses = new LinkedHashMap<>();
        losses.put("held_out_loss", Arrays.stream(quarters).average().orElseThrow());
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            losses.put("held_out_loss_" + (quarter + 1), quarters[quarter]);
        }
        return losses;
    }

    private double loss(Batch batch, int before, NDArray latents, Steering.Steered steered, int quarter) {
        NDList noises = new NDList();
        long[] steps = new long[batch.size()];
        for (int i = 0; i < steps.length; i++) {
            RandomStream random = RandomStream.of(SEED + quarter, before + i);
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
}
