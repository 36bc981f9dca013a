package io.percolate.pipeline.training.conditioning;

import io.percolate.conditioning.prompts.ImageSizes;
import io.percolate.conditioning.prompts.TextConditioner;
import io.percolate.conditioning.prompts.TextOptions;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.nn.engine.Precision;
import io.percolate.pipeline.images.Frame;
import io.percolate.pipeline.images.PixelSize;
import java.util.Collections;
import java.util.List;

/**
 * Tells the caption of an image, its original size and where it was cut.
 *
 * @param text who reads captions
 * @param size of an image of which nothing else is known
 * @param precision what captions are encoded in
 */
public record CaptionConditioning(TextConditioner text, PixelSize size, Precision precision) implements Conditioning {

    @Override
    public DenoiserInputs encode(List<String> prompts) {
        return encode(prompts, Collections.nCopies(prompts.size(), Frame.whole(size)));
    }

    @Override
    public DenoiserInputs encode(List<String> prompts, List<Frame> frames) {
        PixelSize first = frames.get(0).size();
        TextOptions options = TextOptions.of(first.height(), first.width())
                .withSizes(frames.stream().map(CaptionConditioning::sizes).toList())
                .withPrecision(precision);
        return text.encode(prompts, options);
    }

    /** What a denoiser is told about the size of an image of which {@code frame} is seen. */
    public static ImageSizes sizes(Frame frame) {
        PixelSize original = frame.toldSize();
        PixelSize size = frame.size();
        return new ImageSizes(
                original.height(), original.width(), frame.top(), frame.left(), size.height(), size.width());
    }
}
