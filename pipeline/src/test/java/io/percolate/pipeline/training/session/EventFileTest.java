package io.percolate.pipeline.training.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {

    @TempDir
    private Path folder;

    /** The CRC-32C of the digits is e3069283 (RFC 3720, appendix B.4 has its like); TensorFlow turns and moves it. */
    @Test
    void checksumsAreThoseOfTensorFlow() {
        int turned = Integer.rotateRight(0xe3069283, 15);
        assertThat(EventFile.checksum("123456789".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(turned + 0xa282ead8);
    }

    @Test
    void everyEntryIsARecordWithAScalarPerValue() throws IOException {
        Path file = folder.resolve("events.out.tfevents.test");
        EventFile events = new EventFile(file, List.of(Map.of("step", 1.0, "seconds", 2.0, "loss", 0.5)), 1000);
        events.add(Map.of("step", 300.0, "seconds", 3.0, "loss", 0.25));
        // time 1002 (field 1), step 1 (field 2), summary (5) with a value (1) of tag "loss" (1) and 0.5 (2)
        assertThat(records(file))
                .containsExactly(
                        "090000000000408f40" + "1a0d" + hex("brain.Event:2"),
                        "090000000000508f40" + "1001" + "2a0d" + "0a0b" + "0a04" + hex("loss") + "150000003f",
                        "090000000000588f40" + "10ac02" + "2a0d" + "0a0b" + "0a04" + hex("loss") + "150000803e");
    }

    private static List<String> records(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<String> records = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] length = new byte[8];
            bytes.get(length);
            assertThat(bytes.getInt()).isEqualTo(EventFile.checksum(length));
            byte[] data = new byte
                    [(int) ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong()];
            bytes.get(data);
            assertThat(bytes.getInt()).isEqualTo(EventFile.checksum(data));
            records.add(HexFormat.of().formatHex(data));
        }
        return records;
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }
}
