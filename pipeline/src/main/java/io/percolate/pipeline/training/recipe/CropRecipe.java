package io.percolate.pipeline.training.recipe;

import io.percolate.files.JsonConfig;
import io.percolate.pipeline.images.CropScales;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Which squares of an image an autoencoder is trained on: the section {@code images} of its recipe.
 *
 * @param side of the squares in pixels; empty for that of the images
 * @param scales how much of an image they show, as parts of its shorter side; empty for as much as squares of an image
 *     of that size show
 */
public record CropRecipe(OptionalInt side, Optional<CropScales> scales) {

    /** The largest square at the centre. */
    public static final CropRecipe NONE = new CropRecipe(OptionalInt.empty(), Optional.empty());

    /** Random squares as large as the images. */
    public static CropRecipe of(CropScales scales) {
        return new CropRecipe(OptionalInt.empty(), Optional.of(scales));
    }

    /** Those in the section {@code images} of a recipe. */
    public static CropRecipe from(JsonConfig section) {
        OptionalInt side =
                section.isNull("crop_side") ? OptionalInt.empty() : OptionalInt.of(section.integer("crop_side"));
        return new CropRecipe(side, scales(section.numbers("crop_scales", List.of())));
    }

    private static Optional<CropScales> scales(List<Double> parts) {
        if (!parts.isEmpty() && parts.size() != 2) {
            throw new IllegalArgumentException(
                    "crop_scales " + parts + ": give two numbers, the smaller first, or none");
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(new CropScales(parts.get(0), parts.get(1)));
    }

    /** All of it, as that section. */
    public Map<String, Object> values() {
        Map<String, Object> values = new TreeMap<>();
        values.put("crop_side", side.isPresent() ? side.getAsInt() : null);
        values.put(
                "crop_scales",
                scales.map(parts -> List.of(parts.least(), parts.most())).orElse(List.of()));
        return values;
    }

    /** The same with squares of another size. */
    CropRecipe withSide(int other) {
        return new CropRecipe(OptionalInt.of(other), scales);
    }

    /** The same with squares that are no larger than images of {@code images} x {@code images} pixels. */
    public CropRecipe within(int images) {
        return side.isEmpty() ? this : withSide(Math.min(images, side.getAsInt()));
    }

    /** The same with squares of a part of the side. */
    public CropRecipe dividedBy(int divisor) {
        return side.isEmpty() ? this : withSide(side.getAsInt() / divisor);
    }

    /** Fails if squares are larger than images of {@code images} x {@code images} pixels. */
    public void requireImages(int images) {
        if (side(images) > images) {
            throw new IllegalArgumentException(
                    "crop_side " + side(images) + " of images of " + images + ": give no more than that");
        }
    }

    /** Side of what the autoencoder sees of images of {@code images} x {@code images} pixels. */
    public int side(int images) {
        return side.orElse(images);
    }

    /** How much of such an image it sees at a time; empty for the largest square at the centre. */
    public Optional<CropScales> scales(int images) {
        return side(images) < images ? scales.or(() -> Optional.of(window(images))) : scales;
    }

    /** From the details of an image of that size to the whole of it made small. */
    private CropScales window(int images) {
        return new CropScales((double) side(images) / images, 1);
    }
}
