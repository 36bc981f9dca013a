package io.percolate.cli.emoji;

import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.Pixels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which skin tones the images of an emoji really show.
 *
 * <p>The files of the package are not named after them: in 288 of 304 emoji, medium-light and medium are exchanged,
 * and one has all five in another order. The five images differ in skin and hair, so that where they differ the darker
 * skin is the darker image; only between the two lightest the hair (black, then blond) may outweigh the skin.
 */
final class DetectedTones {

    private static final ImageTransform SMALL = ImageTransform.square(128);

    private DetectedTones() {}

    /**
     * The tone that each image shows.
     *
     * @param named five images of one emoji in the order of the tones that their file names say
     */
    static List<SkinTone> of(List<Path> named) {
        List<byte[]> images = named.parallelStream()
                .map(file -> Pixels.levels(SMALL.read(file)))
                .toList();
        double[] brightness = brightness(images);
        List<Integer> ranked = new ArrayList<>(IntStream.range(0, named.size())
                .boxed()
                .sorted(Comparator.comparing(image -> -brightness[image]))
                .toList());
        if (ranked.get(1) == 0) { // named light, and blond hair made another one brighter
            ranked.add(0, ranked.remove(1));
        }
        SkinTone[] shown = new SkinTone[named.size()];
        for (SkinTone tone : SkinTone.values()) {
            shown[ranked.get(tone.ordinal())] = tone;
        }
        return Arrays.asList(shown);
    }

    /** The sum of the levels of each image, each level weighted by how much the images differ there. */
    private static double[] brightness(List<byte[]> images) {
        double[] brightness = new double[images.size()];
        for (int i = 0; i < images.get(0).length; i++) {
            int spread = spread(images, i);
            for (int image = 0; image < brightness.length; image++) {
                brightness[image] += (double) spread * (images.get(image)[i] & 255);
            }
        }
        return brightness;
    }

    private static int spread(List<byte[]> images, int index) {
        int lowest = 255;
        int highest = 0;
        for (byte[] image : images) {
            lowest = Math.min(lowest, image[index] & 255);
            highest = Math.max(highest, image[index] & 255);
        }
        return highest - lowest;
    }
}
