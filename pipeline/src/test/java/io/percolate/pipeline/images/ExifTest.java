package io.percolate.pipeline.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExifTest {

    private static final int GIGABYTE = 1 << 30;
    private static final long LITTLE = 16L << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @EnumSource(ImageFormat.class)
    void aWholeFileSaysHowItWasMade(ImageFormat format) throws IOException {
        assertThat(ChunkLengths.fit(encoded(format))).isTrue();
        assertThat(UserComment.read(encoded(format)).isPresent()).isEqualTo(format != ImageFormat.PNG);
    }

    @ParameterizedTest
    @EnumSource(
            value = ImageFormat.class,
            names = {"PNG", "WEBP"})
    void aChunkThatSaysAGigabyteIsNotAllocated(ImageFormat format) throws IOException {
        byte[] file = encoded(format);
        boolean isPng = format == ImageFormat.PNG;
        int last = new String(file, StandardCharsets.ISO_8859_1).lastIndexOf(isPng ? "IEND" : "EXIF");
        ByteBuffer.wrap(file)
                .order(isPng ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                .putInt(isPng ? last - Integer.BYTES : last + Integer.BYTES, GIGABYTE);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        assertThat(Orientation.of(file)).isEqualTo(Orientation.UPRIGHT);
        assertThat(UserComment.read(file)).isEmpty();
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(LITTLE);
    }

    private static byte[] encoded(ImageFormat format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ParameterText text = ParameterText.parse("an apple\nSteps: 20, Seed: 1");
        ImageFiles.write(bytes, format, TestImages.colourful(9, 7), text);
        return bytes.toByteArray();
    }
}
