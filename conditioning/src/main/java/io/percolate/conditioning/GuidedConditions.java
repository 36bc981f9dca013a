package io.percolate.conditioning;

import io.percolate.diffusion.unet.Conditions;

/**
 * What a picture should show and what guidance leads away from, row by row.
 *
 * @param unconditional of the negative or empty prompts
 * @param conditional of the prompts
 */
public record GuidedConditions(Conditions unconditional, Conditions conditional) {

    /** Every row {@code times} times, copies side by side: several pictures for each prompt. */
    public GuidedConditions repeat(int times) {
        return new GuidedConditions(unconditional.repeat(times), conditional.repeat(times));
    }
}
