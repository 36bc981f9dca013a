package io.percolate.tests.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A little of what {@link ServerLoad} and {@link Disconnections} do by the hundred. */
class ServerLoadTest {

    private static final int REQUESTS = 40;

    @TempDir
    private Path folder;

    @Test
    void everyAnswerIsTheRightImageOrARefusalAndNothingIsLeft() throws Exception {
        ServerLoad.Outcome outcome = ServerLoad.run(20, REQUESTS, folder);
        assertThat(outcome.wrong()).isZero();
        assertThat(outcome.right()).isGreaterThanOrEqualTo(16);
        assertThat(outcome.right() + outcome.refused()).isEqualTo(REQUESTS);
        assertThat(outcome.after().arrays())
                .isEqualTo(outcome.before().arrays())
                .isPositive();
    }

    @Test
    void ofClientsThatLeaveNothingIsLeft() throws Exception {
        Disconnections.Outcome outcome = Disconnections.run(40, folder);
        assertThat(outcome.after().jobs()).isZero();
        assertThat(outcome.after().arrays())
                .isEqualTo(outcome.before().arrays())
                .isPositive();
    }
}
