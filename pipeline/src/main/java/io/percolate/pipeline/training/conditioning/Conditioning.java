package io.percolate.pipeline.training.conditioning;

import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.images.Frame;
import java.util.List;

/** What a denoiser in training is told about an image: its caption, its class, or nothing. */
public interface Conditioning {

    /** Tells nothing. */
    Conditioning NONE = prompts -> DenoiserInputs.none();

    /** What there is to tell about each image of {@code batch}; the empty text where there is nothing. */
    default List<String> prompts(Batch batch) {
        return batch.captions();
    }

    /** The denoiser's inputs for {@code prompts}, a row each, with gradients if something here is trained. */
    DenoiserInputs encode(List<String> prompts);

    /** The same for a denoiser that may be told what is seen of each image. */
    default DenoiserInputs encode(List<String> prompts, List<Frame> frames) {
        return encode(prompts);
    }
}
