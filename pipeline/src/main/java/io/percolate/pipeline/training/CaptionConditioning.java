package io.percolate.pipeline.training;

import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.nn.engine.Precision;
import io.percolate.pipeline.images.Frame;
import io.percolate.pipeline.images.PixelSize;
import java.util.Collections;
import java.util.List;

/**
 * Tells the caption of an image, its original size and where it was cut.
 *
 * @param captions who reads captions
 * @param size of an image of which nothing else is known
 * @param precision what captions are encoded in
 */
record CaptionConditioning(CaptionEncoder captions, PixelSize size, Precision precision) implements Conditioning {

    @Override
    public DenoiserInputs encode(List<String> prompts) {
        return encode(prompts, Collections.nCopies(prompts.size(), Frame.whole(size)));
    }

    @Override
    public DenoiserInputs encode(List<String> prompts, List<Frame> frames) {
        return captions.encode(prompts, frames, precision);
    }
}
