package io.percolate.pipeline.data.emoji;

import io.percolate.pipeline.images.ImageFiles;
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
 * and one has all five in reverse. The five pictures differ in skin and hair alone, so that the darker skin is the
 * darker picture; only between the two lightest the hair (black, then blond) may outweigh the skin.
 */
final class PicturedTones {

    private PicturedTones() {}

    /**
     * The tone that each picture shows.
     *
     * @param named five pictures of one emoji in the order of the tones that their file names say
     */
    static List<SkinTone> of(List<Path> named) {
        double[] brightness =
                named.stream().mapToDouble(PicturedTones::brightness).toArray();
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

    private static double brightness(Path picture) {
        long sum = 0;
        for (byte level : Pixels.levels(ImageFiles.read(picture))) {
            sum += level & 255;
        }
        return sum;
    }
}
