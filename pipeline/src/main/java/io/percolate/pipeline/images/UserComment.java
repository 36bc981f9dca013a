package io.percolate.pipeline.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.commons.imaging.formats.jpeg.exif.ExifRewriter;
import org.apache.commons.imaging.formats.tiff.TiffField;
import org.apache.commons.imaging.formats.tiff.constants.ExifTagConstants;
import org.apache.commons.imaging.formats.tiff.fieldtypes.AbstractFieldType;
import org.apache.commons.imaging.formats.tiff.write.TiffImageWriterLossy;
import org.apache.commons.imaging.formats.tiff.write.TiffOutputField;
import org.apache.commons.imaging.formats.tiff.write.TiffOutputSet;

/**
 * How an image was made, as EXIF's tag {@code UserComment} of JPEG and WebP files: in UTF-16, most significant byte
 * first, as the usual tools write it.
 */
final class UserComment {

    private static final String UNICODE = "UNICODE\0";

    private UserComment() {}

    /** The file {@code jpeg} with {@code text}. */
    static byte[] inJpeg(byte[] jpeg, ParameterText text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ExifRewriter().updateExifMetadataLossless(jpeg, bytes, exif(text));
        return bytes.toByteArray();
    }

    /** The file {@code webp}, which encodes {@code image}, with {@code text}. */
    static byte[] inWebp(byte[] webp, BufferedImage image, ParameterText text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new TiffImageWriterLossy().write(bytes, exif(text));
        return WebpContainer.withExif(webp, image.getWidth(), image.getHeight(), bytes.toByteArray());
    }

    /** The text of an image file, if there is one. */
    static Optional<String> read(byte[] file) {
        return Exif.field(file, ExifTagConstants.EXIF_TAG_USER_COMMENT)
                .map(TiffField::getByteArrayValue)
                .filter(comment -> comment.length > UNICODE.length())
                .map(UserComment::decoded);
    }

    private static TiffOutputSet exif(ParameterText text) throws IOException {
        byte[] value = comment(text.format());
        TiffOutputSet exif = new TiffOutputSet();
        exif.getOrCreateExifDirectory()
                .add(new TiffOutputField(
                        ExifTagConstants.EXIF_TAG_USER_COMMENT, AbstractFieldType.UNDEFINED, value.length, value));
        return exif;
    }

    private static byte[] comment(String text) {
        byte[] utf16 = text.getBytes(StandardCharsets.UTF_16BE);
        return ByteBuffer.allocate(UNICODE.length() + utf16.length)
                .put(UNICODE.getBytes(StandardCharsets.US_ASCII))
                .put(utf16)
                .array();
    }

    private static String decoded(byte[] comment) {
        String start = new String(comment, 0, UNICODE.length(), StandardCharsets.US_ASCII);
        Charset charset = start.equals(UNICODE) ? utf16(comment) : StandardCharsets.US_ASCII;
        return new String(comment, UNICODE.length(), comment.length - UNICODE.length(), charset);
    }

    /** Settings are Latin letters: the zeros beside them tell which byte comes first. */
    private static Charset utf16(byte[] comment) {
        int balance = 0;
        for (int i = UNICODE.length(); i < comment.length; i++) {
            balance += comment[i] != 0 ? 0 : i % 2 == 0 ? 1 : -1;
        }
        return balance >= 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    }
}
