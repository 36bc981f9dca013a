package io.percolate.pipeline.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.Node;

/**
 * The texts inside a PNG file, by keyword: {@code tEXt} chunks where Latin-1 is enough, {@code iTXt} otherwise (PNG
 * specification, third edition, 11.3.3).
 */
final class PngText {

    private static final String FORMAT = "javax_imageio_png_1.0";

    private PngText() {}

    /** The bytes of a PNG file of {@code image} with {@code texts}. */
    static byte[] encoded(BufferedImage image, Map<String, String> texts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try (ImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(stream);
            IIOMetadata metadata =
                    writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
            texts.forEach((keyword, text) -> add(metadata, keyword, text));
            writer.write(new IIOImage(image, null, metadata));
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The texts of a PNG file; none if it is an image of another format. Of several with one keyword, the last. */
    static Map<String, String> read(ImageReader reader, ImageInputStream stream) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        if (!reader.getFormatName().equalsIgnoreCase("png")) {
            return texts;
        }
        reader.setInput(stream, true, false);
        Node root = reader.getImageMetadata(0).getAsTree(FORMAT);
        for (Node kind = root.getFirstChild(); kind != null; kind = kind.getNextSibling()) {
            for (Node entry = kind.getFirstChild(); entry != null; entry = entry.getNextSibling()) {
                collect((IIOMetadataNode) entry, texts);
            }
        }
        return texts;
    }

    private static void collect(IIOMetadataNode entry, Map<String, String> texts) {
        switch (entry.getNodeName()) {
            case "tEXtEntry" -> texts.put(entry.getAttribute("keyword"), entry.getAttribute("value"));
            case "zTXtEntry", "iTXtEntry" -> texts.put(entry.getAttribute("keyword"), entry.getAttribute("text"));
            default -> {} // palettes and the like
        }
    }

    private static void add(IIOMetadata metadata, String keyword, String text) {
        boolean latin = StandardCharsets.ISO_8859_1.newEncoder().canEncode(text);
        IIOMetadataNode root = new IIOMetadataNode(FORMAT);
        root.appendChild(new IIOMetadataNode(latin ? "tEXt" : "iTXt"))
                .appendChild(latin ? latin(keyword, text) : international(keyword, text));
        try {
            metadata.mergeTree(FORMAT, root);
        } catch (IIOInvalidTreeException invalid) {
            throw new IllegalArgumentException("PNG text '" + keyword + "': " + invalid.getMessage(), invalid);
        }
    }

    private static IIOMetadataNode latin(String keyword, String text) {
        IIOMetadataNode entry = new IIOMetadataNode("tEXtEntry");
        entry.setAttribute("keyword", keyword);
        entry.setAttribute("value", text);
        return entry;
    }

    private static IIOMetadataNode international(String keyword, String text) {
        IIOMetadataNode entry = new IIOMetadataNode("iTXtEntry");
        entry.setAttribute("keyword", keyword);
        entry.setAttribute("compressionFlag", "FALSE");
        entry.setAttribute("compressionMethod", "0");
        entry.setAttribute("languageTag", "");
        entry.setAttribute("translatedKeyword", "");
        entry.setAttribute("text", text);
        return entry;
    }
}
