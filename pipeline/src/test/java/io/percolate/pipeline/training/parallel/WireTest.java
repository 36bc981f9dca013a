package io.percolate.pipeline.training.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.percolate.pipeline.data.Position;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WireTest {

    /** Halfway cases go to the even one of the two, as in torch. */
    @Test
    void bfloat16RoundsToTheNearest() {
        float ulp = 0x1p-7f;
        float[] values = {1, 1 + 0.5f * ulp, 1 + 1.5f * ulp, -1 - 0.6f * ulp, Float.NaN, Float.POSITIVE_INFINITY, -0f};
        WireVector sent = WireType.BF16.pack(values);
        float[] received = new float[values.length];
        for (int i = 0; i < received.length; i++) {
            received[i] = sent.at(i);
        }
        assertThat(received).containsExactly(1, 1, 1 + 2 * ulp, -1 - ulp, Float.NaN, Float.POSITIVE_INFINITY, -0f);
    }

    @Test
    void whatRoundingTakesComesWithTheNextMessage() {
        ErrorFeedback messages = new ErrorFeedback(WireType.BF16, 1);
        Random random = new Random(1);
        double meant = 0;
        double arrived = 0;
        for (int i = 0; i < 1000; i++) {
            float value = 1 + random.nextFloat();
            meant += value;
            arrived += messages.send(new float[] {value}).at(0);
        }
        assertThat(arrived + messages.lost()[0]).isEqualTo(meant, within(1e-3));
        assertThat(Math.abs(messages.lost()[0])).isLessThan(0x1p-7f);
    }

    @Test
    void oneContributionTravelsAsItWasSent() throws IOException, ClassNotFoundException {
        int size = 10_000;
        RoundSum one = new RoundSum().add(contribution(new float[size]));
        assertThat(bytes(one)).hasSizeBetween(2 * size, 2 * size + 1000);
        RoundSum two = read(bytes(one)).merge(read(bytes(one)));
        assertThat(bytes(two)).hasSizeBetween(8 * size, 8 * size + 1000);
        assertThat(two.count()).isEqualTo(2);
    }

    @Test
    void sumsDoNotDependOnTheOrder() {
        RoundSum forward = sum(1e8f).merge(sum(3)).merge(sum(-1e8f)).merge(new RoundSum());
        RoundSum backward = new RoundSum().merge(sum(-1e8f).merge(sum(3))).merge(sum(1e8f));
        assertThat(forward.change(1)).containsExactly(3).isEqualTo(backward.change(1));
        assertThat(forward.change(3)).containsExactly(1);
    }

    private static RoundSum sum(float value) {
        return new RoundSum().add(new Contribution(new WireVector.Floats(new float[] {value}), 1, Position.START));
    }

    private static Contribution contribution(float[] values) {
        return new Contribution(WireType.BF16.pack(values), 1, Position.START);
    }

    private static byte[] bytes(RoundSum sum) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(sum);
        }
        return bytes.toByteArray();
    }

    private static RoundSum read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (RoundSum) in.readObject();
        }
    }
}
