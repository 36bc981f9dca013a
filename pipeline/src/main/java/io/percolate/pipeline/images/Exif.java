package io.percolate.pipeline.images;

import java.io.IOException;
import java.util.Optional;
import org.apache.commons.imaging.Imaging;
import org.apache.commons.imaging.common.ImageMetadata;
import org.apache.commons.imaging.formats.jpeg.JpegImageMetadata;
import org.apache.commons.imaging.formats.png.PngImageMetadata;
import org.apache.commons.imaging.formats.tiff.TiffField;
import org.apache.commons.imaging.formats.tiff.TiffImageMetadata;
import org.apache.commons.imaging.formats.tiff.taginfos.TagInfo;
import org.apache.commons.imaging.formats.webp.WebPImageMetadata;

/** The EXIF data inside JPEG, WebP and PNG files. */
final class Exif {

    private Exif() {}

    /** The value of {@code tag}; none if the file has no EXIF data, or data that cannot be read. */
    static Optional<TiffField> field(byte[] file, TagInfo tag) {
        try {
            Optional<TiffImageMetadata> exif =
                    ChunkLengths.fit(file) ? of(Imaging.getMetadata(file)) : Optional.empty();
            return exif.isPresent() ? Optional.ofNullable(exif.get().findField(tag)) : Optional.empty();
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<TiffImageMetadata> of(ImageMetadata metadata) {
        if (metadata instanceof JpegImageMetadata jpeg) {
            return Optional.ofNullable(jpeg.getExif());
        }
        if (metadata instanceof WebPImageMetadata webp) {
            return Optional.ofNullable(webp.getExif());
        }
        return metadata instanceof PngImageMetadata png ? Optional.ofNullable(png.getExif()) : Optional.empty();
    }
}
