package io.percolate.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawsTest {

    private static final ImageDataset TWENTY = dataset(20, "1");

    @Test
    void everyPictureComesOncePerEpoch() {
        Iterator<Draw> draws = Draws.shuffled(TWENTY, 7, Position.START);
        for (int epoch = 0; epoch < 3; epoch++) {
            List<Draw> drawn = take(draws, 20);
            assertThat(drawn).extracting(Draw::entry).containsExactlyInAnyOrderElementsOf(TWENTY.entries());
            assertThat(drawn.get(19).position()).isEqualTo(new Position(epoch, 19));
        }
    }

    @Test
    void epochsAndSeedsHaveOrdersOfTheirOwn() {
        List<Draw> seven = take(Draws.shuffled(TWENTY, 7, Position.START), 40);
        List<Draw> eight = take(Draws.shuffled(TWENTY, 8, Position.START), 20);
        assertThat(entries(seven.subList(0, 20))).isNotEqualTo(entries(seven.subList(20, 40)));
        assertThat(entries(seven.subList(0, 20))).isNotEqualTo(entries(eight));
        assertThat(take(Draws.shuffled(TWENTY, 7, Position.START), 40)).isEqualTo(seven);
    }

    @Test
    void resumingGoesOnAsIfNothingHadHappened() {
        List<Draw> whole = take(Draws.shuffled(TWENTY, 7, Position.START), 60);
        Iterator<Draw> resumed = Draws.shuffled(TWENTY, 7, new Position(1, 13));
        assertThat(take(resumed, 27)).isEqualTo(whole.subList(33, 60));
        assertThat(Draws.shuffled(TWENTY, 7, new Position(0, 20)).next()).isEqualTo(whole.get(20));
    }

    @Test
    void weightIsHowOftenAPictureComesPerEpoch() {
        ImageDataset halves = dataset(400, "1.5");
        assertThat(take(Draws.shuffled(halves, 1, Position.START), 601))
                .filteredOn(draw -> draw.position().epoch() == 0)
                .hasSizeBetween(540, 601);
        assertThat(take(Draws.shuffled(dataset(400, "0.25"), 1, Position.START), 400))
                .filteredOn(draw -> draw.position().epoch() == 0)
                .hasSizeBetween(60, 140);
    }

    @Test
    void captionsAndMirroringVaryFromDrawToDraw() {
        List<Draw> draws = take(Draws.shuffled(TWENTY, 3, Position.START), 200);
        assertThat(draws).extracting(Draw::anyCaption).contains("first", "second", "third");
        assertThat(draws).filteredOn(Draw::mirrored).hasSizeBetween(70, 130);
    }

    @Test
    void onceIsOnceAndInOrder() {
        Iterator<Draw> draws = Draws.once(TWENTY);
        assertThat(entries(take(draws, 20))).isEqualTo(TWENTY.entries());
        assertThat(draws.hasNext()).isFalse();
    }

    @Test
    void nothingToDrawIsAnError() {
        assertThatThrownBy(() -> Draws.shuffled(dataset(3, "0"), 1, Position.START))
                .isInstanceOf(DatasetException.class)
                .hasMessage("pictures: no pictures to draw from (none left, or all of weight 0)");
    }

    private static List<Draw> take(Iterator<Draw> draws, int count) {
        List<Draw> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(draws.next());
        }
        return taken;
    }

    private static List<ImageEntry> entries(List<Draw> draws) {
        return draws.stream().map(Draw::entry).toList();
    }

    private static ImageDataset dataset(int size, String weight) {
        List<String> captions = List.of("first", "second", "third");
        return new ImageDataset(
                Path.of("pictures"),
                IntStream.range(0, size)
                        .mapToObj(i -> new ImageEntry(Path.of(i + ".png"), captions, Map.of("weight", weight)))
                        .toList());
    }
}
