package io.percolate.pipeline.data;

import io.percolate.pipeline.images.PixelSize;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sizes of about equal area and different shapes.
 *
 * @param sizes none of them larger than a common area
 */
record BucketSizes(List<PixelSize> sizes) {

    /** Images are at most this many times as wide as high, or the other way round. */
    private static final int MOST_EXTREME = 4;

    BucketSizes {
        sizes = List.copyOf(sizes);
    }

    /**
     * Every width that is a multiple, with the largest height that is one and keeps the area within that of {@code
     * largest}.
     *
     * @param multiple what width and height are multiples of, and those of {@code largest} are
     */
    static BucketSizes around(PixelSize largest, int multiple) {
        int sides = (int) Math.sqrt(MOST_EXTREME * largest.area()) / multiple;
        Stream<PixelSize> sizes = IntStream.rangeClosed(1, sides)
                .map(i -> i * multiple)
                .filter(width -> largest.area() / width >= multiple)
                .mapToObj(width -> new PixelSize(width, (int) (largest.area() / width / multiple) * multiple))
                .filter(size -> Math.abs(Math.log(size.aspectRatio())) <= Math.log(MOST_EXTREME) + 1e-9);
        return new BucketSizes(
                Stream.concat(Stream.of(largest), sizes).distinct().toList());
    }

    /** The size whose shape is nearest, by the ratio of the two aspect ratios; the largest of those that are as near. */
    PixelSize nearest(PixelSize image) {
        return sizes.stream()
                .min(Comparator.comparingDouble((PixelSize size) -> distance(size, image))
                        .thenComparing(Comparator.comparingLong(PixelSize::area).reversed()))
                .orElseThrow();
    }

    private static double distance(PixelSize size, PixelSize image) {
        return Math.abs(Math.log(size.aspectRatio() / image.aspectRatio()));
    }
}
