package io.percolate.pipeline.comparison.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What denoisers are trained on against the bound, on the same images: a row for each arm that has timesteps. */
record BoundRows(Map<String, ArmReport> arms) {

    /** How to read them. */
    static final String READING =
            "The simple loss weighs every timestep alike, and is an error in the space of its arm;"
                    + " the bound is in bits for each dimension of the pixels in every space, and weighs those timesteps most that"
                    + " hardly anybody sees (Ho et al. 2020, section 3.4). Both are measured on the same images held out.";

    List<List<String>> all() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "trained on", "simple loss", "bound, bits per dimension"));
        arms.forEach((name, arm) -> {
            if (arm.first().bound() != null) {
                rows.add(row(name, arm));
            }
        });
        return rows;
    }

    private static List<String> row(String name, ArmReport arm) {
        return List.of(
                name,
                Objects.requireNonNull(arm.first().bound()).loss(),
                arm.over(run -> run.bound().simple()).text("%.4f"),
                arm.over(run -> run.bound().bits()).text("%.3f") + error(arm));
    }

    /** Over the images, where there is one training alone. */
    private static String error(ArmReport arm) {
        BoundSummary bound = arm.first().bound();
        return bound.error() == null || arm.runs().size() > 1
                ? ""
                : String.format(Locale.ROOT, " ± %.3f over the images", bound.error());
    }
}
