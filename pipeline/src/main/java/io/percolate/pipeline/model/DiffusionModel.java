package io.percolate.pipeline.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.conditioning.prompts.TextConditioner;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.diffusion.unet.UNet;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.TorchArray;
import io.percolate.weights.layout.UNetInput;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The parts of a loaded model. Thread-safe: a generation keeps its state to itself.
 *
 * @param unet the denoiser
 * @param controlNets what steers it by images
 * @param codec between pixels and what it denoises
 * @param previews what decodes previews, often {@code codec} itself
 * @param text encodes prompts; empty for models without text
 * @param sampler the noise process it was trained on and its usual sampler
 * @param defaults what a request gets that leaves it open
 * @param precision what the denoiser and the text encoders compute in
 * @param loras what was merged into their weights
 * @param manager owns all parameters, and the files that they are read from
 */
public record DiffusionModel(
        UNet unet,
        List<LoadedControlNet> controlNets,
        ImageCodec codec,
        ImageCodec previews,
        Optional<TextConditioner> text,
        SamplerConfig sampler,
        ModelDefaults defaults,
        Precision precision,
        List<Lora> loras,
        NDManager manager)
        implements AutoCloseable {

    public DiffusionModel {
        controlNets = List.copyOf(controlNets);
        loras = List.copyOf(loras);
    }

    /** What the denoiser sees beside the noisy latents. */
    public UNetInput input() {
        return UNetInput.of(unet.config().inChannels(), unet.config().outChannels());
    }

    /** One call of the denoiser: all rows of x at one timestep. */
    public NDArray predict(NDArray x, double timestep, DenoiserInputs inputs) {
        return unet.forward(x, timesteps(x, timestep), inputs);
    }

    /** {@code timestep} for each row of x, (B). */
    public NDArray timesteps(NDArray x, double timestep) {
        float[] timesteps = new float[(int) x.getShape().get(0)];
        Arrays.fill(timesteps, (float) timestep);
        return TorchArray.of(x.getManager(), timesteps);
    }

    /** Runs {@code body} with the weights of the denoiser, and of all that steers it, in memory. */
    public <T> T use(Supplier<T> body) {
        Supplier<T> used = body;
        for (LoadedControlNet net : controlNets) {
            Supplier<T> inner = used;
            used = () -> net.network().use(inner);
        }
        return unet.use(used);
    }

    @Override
    public void close() {
        text.ifPresent(TextConditioner::close);
        manager.close();
    }
}
