package io.percolate.pipeline.comparison.report.page;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/** Pieces of a page that stands by itself. */
public final class Html {

    private Html() {}

    /** Text with everything that has a meaning in HTML and SVG escaped. */
    public static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A table whose first row and first column are headers; it scrolls by itself where it is too wide. */
    public static String table(List<List<String>> rows) {
        String head = rows.get(0).stream()
                .map(cell -> "<th scope=\"col\">" + text(cell) + "</th>")
                .collect(Collectors.joining());
        String body = rows.stream().skip(1).map(Html::row).collect(Collectors.joining("\n"));
        return "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>" + head + "</tr></thead>\n<tbody>\n" + body
                + "\n</tbody></table></div>\n";
    }

    private static String row(List<String> cells) {
        return "<tr><th scope=\"row\">" + text(cells.get(0)) + "</th>"
                + cells.stream()
                        .skip(1)
                        .map(cell -> "<td>" + text(cell) + "</td>")
                        .collect(Collectors.joining())
                + "</tr>";
    }

    /** A figure with its caption. */
    public static String figure(String content, String caption) {
        return "<figure>" + content + "<figcaption>" + text(caption) + "</figcaption></figure>\n";
    }

    /** A row of images after its name. */
    public static String images(String name, List<BufferedImage> images, List<String> descriptions) {
        StringBuilder row = new StringBuilder("<div class=\"strip\"><b>" + text(name) + "</b><div>");
        for (int i = 0; i < images.size(); i++) {
            BufferedImage image = images.get(i);
            row.append("<img width=\"%d\" height=\"%d\" alt=\"%s\" src=\"data:image/png;base64,%s\">"
                    .formatted(
                            image.getWidth(),
                            image.getHeight(),
                            text(name + ": " + descriptions.get(i)),
                            base64(image)));
        }
        return row.append("</div></div>\n").toString();
    }

    private static String base64(BufferedImage image) {
        try (ByteArrayOutputStream png = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", png);
            return Base64.getEncoder().encodeToString(png.toByteArray());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
