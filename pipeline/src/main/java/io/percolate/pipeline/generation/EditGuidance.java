package io.percolate.pipeline.generation;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.percolate.conditioning.guidance.ConditionalDenoiser;
import io.percolate.conditioning.guidance.Guidance;
import io.percolate.conditioning.prompts.PromptEmbeddings;
import io.percolate.diffusion.process.Denoiser;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;

/**
 * Leads a model that edits images towards the instruction and towards the image (Brooks et al. 2023, eq. 3), from
 * one call of the network on a batch ordered [instruction and image, image alone, neither].
 */
final class EditGuidance implements Denoiser {

    private final ConditionalDenoiser network;
    private final DenoiserInputs conditions;
    private final NDArray images;
    private final double instructionScale;
    private final double imageScale;

    private EditGuidance(
            ConditionalDenoiser network,
            DenoiserInputs conditions,
            NDArray images,
            double instructionScale,
            double imageScale) {
        this.network = network;
        this.conditions = conditions;
        this.images = images;
        this.instructionScale = instructionScale;
        this.imageScale = imageScale;
    }

    /** The guided network, which sees {@code image} (B,C,h,w) beside x; without guidance, one plain call. */
    static Denoiser of(
            ConditionalDenoiser network, PromptEmbeddings text, Guidance guidance, NDArray image, double imageScale) {
        if (!guidance.isOn()) {
            return (x, timestep) -> network.predict(beside(x, image), timestep, text.conditional());
        }
        DenoiserInputs three = text.conditional().concat(text.unconditional()).concat(text.unconditional());
        NDArray images = image.concat(image, 0).concat(image.zerosLike(), 0);
        return new EditGuidance(network, three, images, guidance.scale(), imageScale);
    }

    @Override
    public NDArray predict(NDArray x, double timestep) {
        return Scope.keep(() -> {
            NDArray three = beside(x.concat(x, 0).concat(x, 0), images);
            NDList predictions = network.predict(three, timestep, conditions).split(3);
            NDArray both = predictions.get(0);
            NDArray image = predictions.get(1);
            NDArray neither = predictions.get(2);
            NDArray likened = axpby(1, neither, imageScale, image.sub(neither));
            return axpby(1, likened, instructionScale, both.sub(image));
        });
    }

    private static NDArray beside(NDArray x, NDArray images) {
        return x.concat(Aten.like(images, x), 1);
    }
}
