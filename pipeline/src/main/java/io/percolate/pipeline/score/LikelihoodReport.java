package io.percolate.pipeline.score;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How likely images are under a model.
 *
 * @param images number of images
 * @param heldOut whether they are held out from training, as the data set says
 * @param space pixels or latents
 * @param unit of bound and flow
 * @param dimensions of one image's data
 * @param bound the variational bound
 * @param pixels the bound in pixels of a latent model; null for a pixel model, whose bound is one in pixels
 * @param flow the exact likelihood, or null if it was left out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LikelihoodReport(
        int images,
        boolean heldOut,
        String space,
        String unit,
        long dimensions,
        BoundReport bound,
        @Nullable DecoderReport pixels,
        @Nullable FlowReport flow) {

    /** In words, a line for each number. */
    public String summary() {
        List<String> lines = new ArrayList<>();
        lines.add(
                line("%d %s, %d dimensions of %s", images, heldOut ? "held-out images" : "images", dimensions, space));
        lines.add("variational bound    " + bound.total() + " " + unit);
        lines.add(line(
                "  of it              %.4f timestep 0, %.4f timesteps below %d, %.6f prior",
                bound.terms().get(0).value(), bound.first(), BoundReport.FIRST, bound.prior()));
        if (pixels != null) {
            lines.add(line(
                    "bound in pixels      %s bits per dimension: %.4f distortion + %.4f rate",
                    pixels.total(), pixels.distortion(), pixels.rate()));
        }
        if (flow != null) {
            lines.add(line(
                    "exact likelihood     %s %s (%d probes%s, %.0f evaluations an image)",
                    flow.value(), unit, flow.probes(), Mean.error(flow.probeError()), flow.evaluations()));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
