package io.percolate.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.pipeline.training.session.Activity;
import io.percolate.pipeline.training.session.TrainingProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TrainingBarTest {

    @Test
    void whatComesBeforeTheStepsHasBarsOfItsOwn() {
        assertThat(printed(bar -> {
                    bar.busy(Activity.PREPARING, 0, 0);
                    bar.busy(Activity.ENCODING, 0, 200);
                    bar.busy(Activity.ENCODING, 200, 200);
                    bar.stepped(progress());
                }))
                .contains("preparing   0 %")
                .containsPattern("encoding 100 % .*200 of 200, 0:00:00 left")
                .containsPattern("training  50 % .*step 3, loss 0\\.2500");
    }

    @Test
    void whatIsDoneBetweenStepsIsSaidInTheSameLine() {
        assertThat(printed(bar -> {
                    bar.stepped(progress());
                    bar.busy(Activity.MEASURING_SCALE, 32, 64);
                }))
                .containsPattern("training  50 % .*measuring the latent scale 32 of 64")
                .doesNotContain("scale   ");
        assertThat(TrainingBar.between(Activity.SAVING, 0, 0)).isEqualTo("saving");
    }

    private static TrainingProgress progress() {
        return new TrainingProgress(3, 10, 0.5, Map.of("loss", 0.25, "images_per_second", 2.0), () -> {});
    }

    private static String printed(Consumer<TrainingBar> training) {
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true));
        try (TrainingBar bar = new TrainingBar()) {
            training.accept(bar);
        } finally {
            System.setErr(err);
        }
        return printed.toString();
    }
}
