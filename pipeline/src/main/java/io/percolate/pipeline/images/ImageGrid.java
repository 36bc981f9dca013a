package io.percolate.pipeline.images;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Lays images out in rows and columns on white.
 *
 * @param columns images side by side
 * @param spacing white pixels between images and around them
 */
public record ImageGrid(int columns, int spacing) {

    private static final int LINES = 2;

    public ImageGrid {
        if (columns < 1 || spacing < 0) {
            throw new IllegalArgumentException("a grid of " + columns + " columns with spacing " + spacing
                    + ": at least one column, and no negative spacing");
        }
    }

    /** Images without words. */
    public BufferedImage draw(List<BufferedImage> images) {
        return draw(images, List.of());
    }

    /**
     * Images with words under them, cut to two lines.
     *
     * @param images at least one; each cell has the size of the largest
     * @param captions one per image, or none at all
     */
    public BufferedImage draw(List<BufferedImage> images, List<String> captions) {
        if (images.isEmpty() || !captions.isEmpty() && captions.size() != images.size()) {
            throw new IllegalArgumentException(
                    "a grid of " + images.size() + " images and " + captions.size() + " captions");
        }
        return new Sheet(images, captions).draw();
    }

    private final class Sheet {

        private final List<BufferedImage> images;
        private final List<String> captions;
        private final int width;
        private final int height;
        private final Font font;
        private final int textHeight;

        Sheet(List<BufferedImage> images, List<String> captions) {
            this.images = images;
            this.captions = captions;
            width = images.stream().mapToInt(BufferedImage::getWidth).max().orElseThrow();
            height = images.stream().mapToInt(BufferedImage::getHeight).max().orElseThrow();
            font = new Font(Font.SANS_SERIF, Font.PLAIN, Math.max(9, width / 12));
            textHeight = captions.isEmpty() ? 0 : LINES * font.getSize() * 5 / 4 + spacing;
        }

        BufferedImage draw() {
            int across = Math.min(columns, images.size());
            int rows = (images.size() + columns - 1) / columns;
            BufferedImage sheet = new BufferedImage(
                    across * (width + spacing) + spacing,
                    rows * (height + textHeight + spacing) + spacing,
                    BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = sheet.createGraphics();
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
            for (int i = 0; i < images.size(); i++) {
                drawCell(graphics, i);
            }
            graphics.dispose();
            return sheet;
        }

        private void drawCell(Graphics2D graphics, int cell) {
            int x = spacing + cell % columns * (width + spacing);
            int y = spacing + cell / columns * (height + textHeight + spacing);
            BufferedImage image = images.get(cell);
            graphics.drawImage(image, x + (width - image.getWidth()) / 2, y + (height - image.getHeight()) / 2, null);
            if (!captions.isEmpty()) {
                drawCaption(graphics, captions.get(cell), x, y + height);
            }
        }

        private void drawCaption(Graphics2D graphics, String caption, int x, int y) {
            graphics.setFont(font);
            graphics.setColor(Color.DARK_GRAY);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            FontMetrics metrics = graphics.getFontMetrics();
            int baseline = y + spacing / 2 + metrics.getAscent();
            for (String line : CaptionLines.of(caption, width, LINES, metrics::stringWidth)) {
                graphics.drawString(line, x + (width - metrics.stringWidth(line)) / 2, baseline);
                baseline += font.getSize() * 5 / 4;
            }
        }
    }
}
