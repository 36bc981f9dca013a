package io.percolate.conditioning.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.percolate.nn.random.RandomStream;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaptionDropoutTest {

    private static final List<String> CAPTIONS = Collections.nCopies(10_000, "a cat");

    @Test
    void oneCaptionInTenIsEmpty() {
        List<String> kept = new CaptionDropout(0.1).apply(CAPTIONS, new RandomStream(1));
        assertThat(Collections.frequency(kept, "") / 10_000.0).isEqualTo(0.1, within(0.01));
    }

    @Test
    void sameSeedDropsTheSameCaptions() {
        CaptionDropout dropout = new CaptionDropout(0.5);
        assertThat(dropout.apply(CAPTIONS, new RandomStream(7)))
                .isEqualTo(dropout.apply(CAPTIONS, new RandomStream(7)))
                .isNotEqualTo(dropout.apply(CAPTIONS, new RandomStream(8)));
    }

    @Test
    void oneWordInFiveIsLostButNeverAll() {
        List<String> kept = new CaptionDropout(0, 0.2).apply(CAPTIONS, new RandomStream(1));
        assertThat(kept).containsOnly("a cat", "a", "cat");
        assertThat(Collections.frequency(kept, "cat") / 10_000.0).isEqualTo(0.16, within(0.01));
        assertThat(new CaptionDropout(0, 1).apply(CAPTIONS, new RandomStream(1)))
                .containsOnly("a cat");
        assertThatThrownBy(() -> new CaptionDropout(0, -1)).hasMessageContaining("word dropout -1");
    }

    @Test
    void zeroKeepsAllAndOneNone() {
        assertThat(new CaptionDropout(0).apply(CAPTIONS, new RandomStream(1))).containsOnly("a cat");
        assertThat(new CaptionDropout(1).apply(CAPTIONS, new RandomStream(1))).containsOnly("");
        assertThatThrownBy(() -> new CaptionDropout(1.1)).hasMessageContaining("1.1");
    }
}
