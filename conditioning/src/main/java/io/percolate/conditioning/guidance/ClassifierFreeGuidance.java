package io.percolate.conditioning.guidance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.percolate.conditioning.prompts.PromptEmbeddings;
import io.percolate.diffusion.process.Denoiser;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.SampleStatistics;
import io.percolate.nn.engine.Scope;

/**
 * Follows the prompt more strongly: moves each prediction further away from the one without the prompt (Ho and Salimans
 * 2022).
 *
 * <p>Both predictions come from one call of the network, on a batch ordered [unconditional, conditional].
 */
public final class ClassifierFreeGuidance implements Denoiser {

    private final ConditionalDenoiser network;
    private final DenoiserInputs conditional;
    private final DenoiserInputs both;
    private final Guidance guidance;

    private ClassifierFreeGuidance(ConditionalDenoiser network, PromptEmbeddings prompts, Guidance guidance) {
        this.network = network;
        this.conditional = prompts.conditional();
        this.both = prompts.unconditional().concat(conditional);
        this.guidance = guidance;
    }

    /**
     * The guided network; without guidance, the network with the conditional rows alone.
     *
     * <p>Makes arrays that live as long as the scope around, or as the manager of {@code prompts}.
     */
    public static Denoiser of(ConditionalDenoiser network, PromptEmbeddings prompts, Guidance guidance) {
        return guidance.isOn()
                ? new ClassifierFreeGuidance(network, prompts, guidance)
                : (x, timestep) -> network.predict(x, timestep, prompts.conditional());
    }

    @Override
    public NDArray predict(NDArray x, double timestep) {
        return guidance.interval().contains(timestep)
                ? Scope.keep(() -> guided(x, timestep))
                : network.predict(x, timestep, conditional);
    }

    private NDArray guided(NDArray x, double timestep) {
        NDList predictions = network.predict(x.concat(x, 0), timestep, both).split(2);
        NDArray without = predictions.get(0);
        NDArray with = predictions.get(1);
        NDArray guided = Aten.axpby(1, without, guidance.scale(), with.sub(without));
        return guidance.rescale() == 0 ? guided : SampleStatistics.matchDeviation(guided, with, guidance.rescale());
    }
}
