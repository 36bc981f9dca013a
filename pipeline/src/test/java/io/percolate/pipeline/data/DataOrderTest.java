package io.percolate.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.pipeline.images.ImageTransform;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DataOrderTest {

    private static final ImageDataset TWENTY = dataset(20, "1");

    @Test
    void everyImageComesOncePerEpoch() {
        Iterator<DataItem> items = shuffled(TWENTY, 7, Position.START);
        for (int epoch = 0; epoch < 3; epoch++) {
            List<DataItem> epochItems = take(items, 20);
            assertThat(epochItems).extracting(DataItem::entry).containsExactlyInAnyOrderElementsOf(TWENTY.entries());
            assertThat(epochItems.get(19).position()).isEqualTo(new Position(epoch, 19));
        }
    }

    @Test
    void epochsAndSeedsHaveOrdersOfTheirOwn() {
        List<DataItem> seven = take(shuffled(TWENTY, 7, Position.START), 40);
        List<DataItem> eight = take(shuffled(TWENTY, 8, Position.START), 20);
        assertThat(entries(seven.subList(0, 20))).isNotEqualTo(entries(seven.subList(20, 40)));
        assertThat(entries(seven.subList(0, 20))).isNotEqualTo(entries(eight));
        assertThat(take(shuffled(TWENTY, 7, Position.START), 40)).isEqualTo(seven);
    }

    @Test
    void resumingGoesOnAsIfNothingHadHappened() {
        List<DataItem> whole = take(shuffled(TWENTY, 7, Position.START), 60);
        Iterator<DataItem> resumed = shuffled(TWENTY, 7, new Position(1, 13));
        assertThat(take(resumed, 27)).isEqualTo(whole.subList(33, 60));
        assertThat(shuffled(TWENTY, 7, new Position(0, 20)).next()).isEqualTo(whole.get(20));
    }

    @Test
    void weightIsHowOftenAImageComesPerEpoch() {
        ImageDataset halves = dataset(400, "1.5");
        assertThat(take(shuffled(halves, 1, Position.START), 601))
                .filteredOn(item -> item.position().epoch() == 0)
                .hasSizeBetween(540, 601);
        assertThat(take(shuffled(dataset(400, "0.25"), 1, Position.START), 400))
                .filteredOn(item -> item.position().epoch() == 0)
                .hasSizeBetween(60, 140);
    }

    @Test
    void captionsAndMirroringVaryFromTimeToTime() {
        List<DataItem> items = take(shuffled(TWENTY, 3, Position.START), 200);
        assertThat(items).extracting(DataItem::anyCaption).contains("first", "second", "third");
        assertThat(items).filteredOn(DataItem::mirrored).hasSizeBetween(70, 130);
    }

    @Test
    void onceIsOnceAndInOrder() {
        Iterator<DataItem> items = DataOrder.once(TWENTY);
        assertThat(entries(take(items, 20))).isEqualTo(TWENTY.entries());
        assertThat(items.hasNext()).isFalse();
    }

    @Test
    void noImageToTrainOnIsAnError() {
        assertThatThrownBy(() -> shuffled(dataset(3, "0"), 1, Position.START))
                .isInstanceOf(DatasetException.class)
                .hasMessage("images: no images to train on (none left, or all of weight 0)");
    }

    private static List<DataItem> take(Iterator<DataItem> items, int count) {
        List<DataItem> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(items.next());
        }
        return taken;
    }

    private static List<ImageEntry> entries(List<DataItem> items) {
        return items.stream().map(DataItem::entry).toList();
    }

    private static ImageDataset dataset(int size, String weight) {
        List<String> captions = List.of("first", "second", "third");
        return new ImageDataset(
                Path.of("images"),
                IntStream.range(0, size)
                        .mapToObj(i -> new ImageEntry(Path.of(i + ".png"), captions, Map.of("weight", weight)))
                        .toList());
    }

    private static Iterator<DataItem> shuffled(ImageDataset dataset, long seed, Position start) {
        return DataOrder.shuffled(dataset, LoaderConfig.training(4, ImageTransform.square(8)), seed, start);
    }
}
