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
        lines.add(line(
                "variational bound    %.4f +- %.4f %s",
                bound.total().value(), bound.total().standardError(), unit));
        double data = bound.terms().get(0).value();
        lines.add(line(
                "  of it              %.4f timestep 0, %.4f timesteps below %d, %.6f prior",
                data, bound.first(), BoundReport.FIRST, bound.prior()));
        if (pixels != null) {
            lines.add(line(
                    "bound in pixels      %.4f +- %.4f bits per dimension: %.4f distortion + %.4f rate",
                    pixels.total().value(), pixels.total().standardError(), pixels.distortion(), pixels.rate()));
        }
        if (flow != null) {
            lines.add(line(
                    "exact likelihood     %.4f +- %.4f %s (probes leave +- %.4f, %.0f evaluations an image)",
                    flow.value().value(), flow.value().standardError(), unit, flow.probeError(), flow.evaluations()));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
