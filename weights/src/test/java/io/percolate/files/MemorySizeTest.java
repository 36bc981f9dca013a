package io.percolate.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemorySizeTest {

    @ParameterizedTest
    @CsvSource({"4G, 4294967296", "1.5g, 1610612736", "800M, 838860800", "2 GiB, 2147483648", "1024, 1024"})
    void unitsArePowersOf1024(String text, long bytes) {
        assertThat(MemorySize.parse(text).bytes()).isEqualTo(bytes);
    }

    @Test
    void itsTextReadsBackAsNoLess() {
        MemorySize size = new MemorySize(1_234_567_891);
        assertThat(size).hasToString("1.15G");
        assertThat(MemorySize.parse(size.toString()).bytes()).isGreaterThanOrEqualTo(size.bytes());
    }

    @ParameterizedTest
    @CsvSource({"much", "4X", "-1G", "0"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> MemorySize.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("memory");
    }
}
