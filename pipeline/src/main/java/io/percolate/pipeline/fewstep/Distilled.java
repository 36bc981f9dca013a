package io.percolate.pipeline.fewstep;

import io.percolate.diffusion.samplers.published.SamplerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * A model that is distilled to a few steps, and how it is sampled.
 *
 * @param source the file or folder that says so
 * @param title what it is, such as {@code SDXL-Lightning}
 * @param setting its sampler
 * @param steps how many it takes
 * @param guidance how strongly it is guided
 * @param side of its images in pixels, if that differs from its family's
 */
record Distilled(
        String source, String title, SamplerSetting setting, StepRange steps, ScaleRange guidance, OptionalInt side)
        implements FewSteps {

    /** As many steps as {@code usual} unless a request asks for others, from {@code least} to {@code most}. */
    record StepRange(int least, int usual, int most) {

        /** No other number. */
        static StepRange exactly(int count) {
            return new StepRange(count, count, count);
        }

        boolean contains(int count) {
            return least <= count && count <= most;
        }

        @Override
        public String toString() {
            return least == most ? String.valueOf(usual) : least + " to " + most;
        }
    }

    /** The scale {@code usual} unless a request asks for another, up to {@code most}. */
    record ScaleRange(double usual, double most) {

        /** Made to do without guidance, and none or little is all that it bears. */
        static final ScaleRange OFF = new ScaleRange(1, 2);
    }

    Distilled(String source, String title, SamplerSetting setting, StepRange steps, ScaleRange guidance) {
        this(source, title, setting, steps, guidance, OptionalInt.empty());
    }

    Distilled withSide(int pixels) {
        return new Distilled(source, title, setting, steps, guidance, OptionalInt.of(pixels));
    }

    @Override
    public boolean isKnown() {
        return true;
    }

    @Override
    public SamplerConfig sampler(SamplerConfig own) {
        return setting.over(own);
    }

    @Override
    public int steps(int own) {
        return steps.usual;
    }

    @Override
    public double guidanceScale(double own) {
        return guidance.usual;
    }

    @Override
    public int side(int own) {
        return side.orElse(own);
    }

    @Override
    public List<String> warnings(Asked asked) {
        List<String> warnings = new ArrayList<>();
        int count = asked.steps().orElse(steps.usual);
        double scale = asked.guidanceScale().orElse(guidance.usual);
        if (!steps.contains(count)) {
            warnings.add(count + " steps, but " + this + " takes " + steps + ": give --steps " + steps.usual
                    + " or leave it out");
        }
        if (scale > guidance.most) {
            warnings.add("guidance scale " + scale + ", but " + this + " takes at most " + text(guidance.most)
                    + ": give --guidance " + text(guidance.usual) + " or leave it out");
        }
        if (!setting.suits(asked.sampler())) {
            warnings.add("sampler " + SamplerSetting.text(asked.sampler()) + ", but " + this + " is made for " + setting
                    + ": leave --sampler and --spacing out");
        }
        return warnings;
    }

    private static String text(double scale) {
        return scale == Math.rint(scale) ? String.valueOf((int) scale) : String.format(Locale.ROOT, "%.1f", scale);
    }

    /** What it is and where that was found. */
    @Override
    public String toString() {
        return source + " (" + title + ")";
    }
}
