package io.percolate.studio.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.HttpInput;
import org.junit.jupiter.api.Test;

class BodyPaceTest {

    private final AtomicLong nanoseconds = new AtomicLong(5);
    private final BodyPace pace = new BodyPace(nanoseconds::get);

    @Test
    void oneByteASecondIsTooSlowAfterSomeSeconds() {
        for (int second = 0; second <= 10; second++) {
            bytes(1, second);
        }
        assertThat(pace.isTooSlow()).isFalse();
        assertThatThrownBy(() -> bytes(1, 11)).isInstanceOf(IllegalStateException.class);
        assertThat(pace.isTooSlow()).isTrue();
    }

    @Test
    void aSmallBodyMayComeWhileTheServerIsBusy() {
        bytes(20, 9);
        assertThat(pace.isTooSlow()).isFalse();
    }

    @Test
    void aLargeBodyMayTakeLonger() {
        bytes(100_000, 60);
        bytes(100_000, 120);
        assertThat(pace.isTooSlow()).isFalse();
    }

    private void bytes(int count, long second) {
        nanoseconds.set(5 + second * 1_000_000_000L);
        pace.readFrom(new HttpInput.Content(ByteBuffer.allocate(count)));
    }
}
