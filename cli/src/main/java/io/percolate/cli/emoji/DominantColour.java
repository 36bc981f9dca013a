package io.percolate.cli.emoji;

import io.percolate.pipeline.images.ImageFiles;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The colours that people name, each a region of hue, saturation and brightness. */
enum DominantColour {
    BLACK,
    WHITE,
    GREY,
    RED,
    ORANGE,
    BROWN,
    YELLOW,
    GREEN,
    BLUE,
    PURPLE,
    PINK;

    /** The part of what is opaque that a colour must cover, for the whole to be called by it. */
    private static final double MOST = 0.55;

    private static final int OPAQUE = 200;

    /** The name of the colour of most of an image that is laid on nothing, such as {@code red}. */
    static Optional<String> of(Path image) {
        BufferedImage read = ImageFiles.readWithAlpha(image);
        int[] pixels = read.getRGB(0, 0, read.getWidth(), read.getHeight(), null, 0, read.getWidth());
        Map<DominantColour, Integer> counts = new EnumMap<>(DominantColour.class);
        int opaque = 0;
        for (int pixel : pixels) {
            if (pixel >>> 24 > OPAQUE) {
                counts.merge(of(pixel), 1, Integer::sum);
                opaque++;
            }
        }
        double enough = MOST * opaque;
        return counts.entrySet().stream()
                .filter(count -> count.getValue() > enough)
                .map(count -> count.getKey().spoken())
                .findFirst();
    }

    /** Whether a thing with this {@code label} may be called {@code colour}: not if the label names others alone. */
    static boolean mayBe(String colour, String label) {
        List<String> words = List.of(label.toLowerCase(Locale.ROOT).split("\\W+"));
        List<String> named = Stream.of(values())
                .map(DominantColour::spoken)
                .filter(words::contains)
                .toList();
        return named.isEmpty() || named.contains(colour);
    }

    private String spoken() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static DominantColour of(int pixel) {
        float[] hsb = Color.RGBtoHSB(pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255, null);
        if (hsb[2] < 0.22) {
            return BLACK;
        }
        if (hsb[1] < 0.25) {
            return hsb[2] > 0.8 ? WHITE : GREY;
        }
        return ofHue(360 * hsb[0], hsb[1], hsb[2]);
    }

    private static DominantColour ofHue(double degrees, double saturation, double brightness) {
        if (degrees < 14 || degrees >= 343) {
            return red(saturation, brightness);
        }
        if (degrees < 42) {
            return brightness < 0.72 ? BROWN : ORANGE;
        }
        if (degrees < 68) {
            return YELLOW;
        }
        if (degrees < 165) {
            return GREEN;
        }
        if (degrees < 258) {
            return BLUE;
        }
        return degrees < 300 ? PURPLE : PINK;
    }

    private static DominantColour red(double saturation, double brightness) {
        if (saturation < 0.55 && brightness > 0.8) {
            return PINK;
        }
        return saturation < 0.72 && brightness < 0.72 ? BROWN : RED;
    }
}
