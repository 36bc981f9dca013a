package io.percolate.pipeline.data.emoji;

import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.Pixels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which skin tones the pictures of an emoji really show.
 *
 * <p>The files of the package are not named after them: in 288 of 304 emoji, medium-light and medium are exchanged,
 * and one has all five in another order. The five pictures differ in skin and hair, so that where they differ the darker
 * skin is the darker picture; only between the two lightest the hair (black, then blond) may outweigh the skin.
 */
final class PicturedTones {

    private static final ImageTransform SMALL = ImageTransform.square(128);

    private PicturedTones() {}

    /**
     * The tone that each picture shows.
     *
     * @param named five pictures of one emoji in the order of the tones that their file names say
     */
    static List<SkinTone> of(List<Path> named) {
        List<byte[]> pictures = named.parallelStream()
                .map(file -> Pixels.levels(SMALL.read(file)))
                .toList();
        double[] brightness = brightness(pictures);
        List<Integer> ranked = new ArrayList<>(IntStream.range(0, named.size())
                .boxed()
                .sorted(Comparator.comparing(picture -> -brightness[picture]))
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

    /** The sum of the levels of each picture, each level weighted by how much the pictures differ there. */
    private static double[] brightness(List<byte[]> pictures) {
        double[] brightness = new double[pictures.size()];
        for (int i = 0; i < pictures.get(0).length; i++) {
            int spread = spread(pictures, i);
            for (int picture = 0; picture < brightness.length; picture++) {
                brightness[picture] += (double) spread * (pictures.get(picture)[i] & 255);
            }
        }
        return brightness;
    }

    private static int spread(List<byte[]> pictures, int index) {
        int lowest = 255;
        int highest = 0;
        for (byte[] picture : pictures) {
            lowest = Math.min(lowest, picture[index] & 255);
            highest = Math.max(highest, picture[index] & 255);
        }
        return highest - lowest;
    }
}
