package io.percolate.studio.explain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.awt.image.BufferedImage;

/** Latents as colours: the first three channels are red, green and blue, grey is 0. */
final class LatentColours {

    /** Standard deviations from grey to full colour. */
    private static final double FULL = 2.5;

    private LatentColours() {}

    /** The first of some latents (B,C,h,w), of any scale. */
    static BufferedImage of(NDArray latents) {
        int channels = (int) latents.getShape().get(1);
        int height = (int) latents.getShape().get(2);
        int width = (int) latents.getShape().get(3);
        float[] values = first(latents);
        double deviation = deviation(values);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int area = width * height;
        for (int i = 0; i < area; i++) {
            int rgb = 0;
            for (int colour = 0; colour < 3; colour++) {
                float value = values[Math.min(colour, channels - 1) * area + i];
                rgb = rgb << 8 | level(value / deviation);
            }
            image.setRGB(i % width, i / width, rgb);
        }
        return image;
    }

    private static float[] first(NDArray latents) {
        try (NDArray row = latents.get("0:1");
                NDArray floats = row.toType(DataType.FLOAT32, true)) {
            return floats.toFloatArray();
        }
    }

    private static double deviation(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value * value;
        }
        return Math.max(1e-6, Math.sqrt(sum / values.length));
    }

    private static int level(double deviations) {
        return (int) Math.round(127.5 + 127.5 * Math.max(-1, Math.min(1, deviations / FULL)));
    }
}
