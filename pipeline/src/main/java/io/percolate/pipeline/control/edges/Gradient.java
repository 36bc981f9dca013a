package io.percolate.pipeline.control.edges;

/**
 * The slope of brightness at every pixel.
 *
 * @param x to the right
 * @param y downwards
 * @param magnitude length of both
 */
record Gradient(GreyPlane x, GreyPlane y, GreyPlane magnitude) {

    private static final double STEEP = Math.tan(Math.toRadians(67.5));
    private static final double FLAT = Math.tan(Math.toRadians(22.5));

    /** By the operator of Sobel, whose weights of 1, 2, 1 are not divided by their sum. */
    static Gradient sobel(GreyPlane plane) {
        GreyPlane right = plane.map((x, y) -> column(plane, x + 1, y) - column(plane, x - 1, y));
        GreyPlane down = plane.map((x, y) -> row(plane, x, y + 1) - row(plane, x, y - 1));
        return new Gradient(right, down, plane.map((x, y) -> (float) Math.hypot(right.at(x, y), down.at(x, y))));
    }

    private static float column(GreyPlane plane, int x, int y) {
        return plane.at(x, y - 1) + 2 * plane.at(x, y) + plane.at(x, y + 1);
    }

    private static float row(GreyPlane plane, int x, int y) {
        return plane.at(x - 1, y) + 2 * plane.at(x, y) + plane.at(x + 1, y);
    }

    /**
     * Whether a pixel is the steepest of the three across the edge. Of two equal ones the first is, so that an edge between
     * two pixels is one pixel wide.
     */
    boolean isRidge(int pixelX, int pixelY) {
        double dx = x.at(pixelX, pixelY);
        double dy = y.at(pixelX, pixelY);
        int stepX = Math.abs(dy) > STEEP * Math.abs(dx) ? 0 : 1;
        int stepY = Math.abs(dy) < FLAT * Math.abs(dx) ? 0 : dx * dy < 0 && stepX == 1 ? -1 : 1;
        float here = magnitude.at(pixelX, pixelY);
        return here > magnitude.at(pixelX - stepX, pixelY - stepY)
                && here >= magnitude.at(pixelX + stepX, pixelY + stepY);
    }
}
