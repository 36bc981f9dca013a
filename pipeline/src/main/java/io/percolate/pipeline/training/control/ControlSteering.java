package io.percolate.pipeline.training.control;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.unet.control.ControlNet;
import io.percolate.nn.engine.Aten;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.training.Steering;

/**
 * A ControlNet that is shown the control image of each image.
 *
 * @param network with gradients if it is trained
 * @param images what it is shown
 */
public record ControlSteering(ControlNet network, ControlImages images) implements Steering {

    @Override
    public Steered by(Batch batch) {
        NDArray conditions = images.of(batch);
        return (x, timesteps, inputs, rows) ->
                network.forward(x, timesteps, inputs, network.embed(Aten.like(rows.apply(conditions), x)));
    }
}
