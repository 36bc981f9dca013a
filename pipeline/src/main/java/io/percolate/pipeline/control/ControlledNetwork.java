package io.percolate.pipeline.control;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import io.percolate.conditioning.guidance.ConditionalDenoiser;
import io.percolate.diffusion.steps.StepListener;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.diffusion.unet.Residuals;
import io.percolate.diffusion.unet.control.ControlNet;
import io.percolate.nn.engine.Scope;
import io.percolate.pipeline.model.DiffusionModel;
import java.util.List;

/**
 * The denoiser of a model with the residuals of its ControlNets, each times its scale, added to its feature maps (Zhang et
 * al. 2023, section 3.2). Serves one run of a sampler: it counts the steps.
 */
public final class ControlledNetwork implements ConditionalDenoiser, StepListener {

    private final DiffusionModel model;
    private final List<Source> sources;
    private final int steps;
    private int taken;

    ControlledNetwork(DiffusionModel model, List<Source> sources, int steps) {
        this.model = model;
        this.sources = sources;
        this.steps = steps;
    }

    /** A ControlNet and its image, brought down to the first feature map (1,C,h,w). */
    record Source(ControlNet network, NDArray embedded, Control control) {

        Residuals residuals(NDArray x, NDArray timesteps, DenoiserInputs inputs, double weight) {
            return network.forward(latents(x), timesteps, inputs, embedded).times(weight);
        }

        /** Without what some U-Nets see beside the latents. */
        private NDArray latents(NDArray x) {
            int channels = network.config().inChannels();
            return x.getShape().get(1) == channels ? x : x.get(new NDIndex(":, :{}", channels));
        }
    }

    @Override
    public NDArray predict(NDArray x, double timestep, DenoiserInputs inputs) {
        return Scope.keep(() -> {
            NDArray timesteps = model.timesteps(x, timestep);
            return model.unet().forward(x, timesteps, inputs, residuals(x, timesteps, inputs));
        });
    }

    private Residuals residuals(NDArray x, NDArray timesteps, DenoiserInputs inputs) {
        Residuals sum = Residuals.NONE;
        for (Source source : sources) {
            double weight = source.control.weight(taken, steps);
            if (weight != 0) {
                Residuals before = sum;
                sum = Residuals.keep(() -> before.plus(source.residuals(x, timesteps, inputs, weight)));
            }
        }
        return sum;
    }

    @Override
    public void onStep(Event event) {
        taken = event.taken();
    }
}
