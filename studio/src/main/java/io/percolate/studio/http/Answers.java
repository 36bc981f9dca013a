package io.percolate.studio.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.percolate.files.Json;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.images.ImageFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** What goes back to a client. */
public final class Answers {

    private static final String JSON = "application/json";

    private Answers() {}

    /** One JSON object. */
    public static void json(Context context, Map<String, ?> values) {
        context.contentType(JSON).result(Json.compact(values));
    }

    /** A list of JSON objects, as some published interfaces want it. */
    public static void jsonList(Context context, List<? extends Map<String, ?>> values) {
        StringBuilder list = new StringBuilder("[");
        for (Map<String, ?> value : values) {
            list.append(list.length() > 1 ? "," : "").append(new String(Json.compact(value), UTF_8));
        }
        context.contentType(JSON).result(list.append(']').toString());
    }

    /** The PNG file of an image, with its settings, as {@code percolate generate} writes it. */
    public static byte[] png(GeneratedImage image) {
        return image.bytes(ImageFormat.PNG);
    }

    /** A PNG file of an image that is soon forgotten. */
    public static byte[] png(BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Bytes as text. */
    public static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
