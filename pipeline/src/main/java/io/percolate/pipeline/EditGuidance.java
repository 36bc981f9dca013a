package io.percolate.pipeline;

import static io.percolate.nn.Aten.axpby;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.percolate.conditioning.ConditionalDenoiser;
import io.percolate.conditioning.Guidance;
import io.percolate.conditioning.GuidedConditions;
import io.percolate.diffusion.Denoiser;
import io.percolate.diffusion.unet.Conditions;
import io.percolate.nn.Aten;
import io.percolate.nn.Scope;

/**
 * Leads a model that edits pictures towards the instruction and towards the picture (Brooks et al. 2023, eq. 3), from
 * one call of the network on a batch ordered [instruction and picture, picture alone, neither].
 */
final class EditGuidance implements Denoiser {

    private final ConditionalDenoiser network;
    private final Conditions conditions;
    private final NDArray pictures;
    private final double instructionScale;
    private final double pictureScale;

    private EditGuidance(
            ConditionalDenoiser network,
            Conditions conditions,
            NDArray pictures,
            double instructionScale,
            double pictureScale) {
        this.network = network;
        this.conditions = conditions;
        this.pictures = pictures;
        this.instructionScale = instructionScale;
        this.pictureScale = pictureScale;
    }

    /** The guided network, which sees {@code picture} (B,C,h,w) beside x; without guidance, one plain call. */
    static Denoiser of(
            ConditionalDenoiser network,
            GuidedConditions text,
            Guidance guidance,
            NDArray picture,
            double pictureScale) {
        if (!guidance.isOn()) {
            return (x, timestep) -> network.predict(beside(x, picture), timestep, text.conditional());
        }
        Conditions three = text.conditional().concat(text.unconditional()).concat(text.unconditional());
        NDArray pictures = picture.concat(picture, 0).concat(picture.zerosLike(), 0);
        return new EditGuidance(network, three, pictures, guidance.scale(), pictureScale);
    }

    @Override
    public NDArray predict(NDArray x, double timestep) {
        return Scope.keep(() -> {
            NDArray three = beside(x.concat(x, 0).concat(x, 0), pictures);
            NDList predictions = network.predict(three, timestep, conditions).split(3);
            NDArray both = predictions.get(0);
            NDArray picture = predictions.get(1);
            NDArray neither = predictions.get(2);
            NDArray likened = axpby(1, neither, pictureScale, picture.sub(neither));
            return axpby(1, likened, instructionScale, both.sub(picture));
        });
    }

    private static NDArray beside(NDArray x, NDArray pictures) {
        return x.concat(Aten.like(pictures, x), 1);
    }
}
