package io.percolate.diffusion.unet;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What another network adds to the feature maps of a U-Net's way down, which its way up is fed (Zhang et al. 2023,
 * section 3.2).
 *
 * @param skips to each map that is left for the way up, from the first on: (B,C,H,W)
 * @param mid to what comes out of the mid block (B,C,H,W); null for nothing to add at all
 */
public record Residuals(List<NDArray> skips, @Nullable NDArray mid) {

    /** Nothing to add: the U-Net computes what it computes by itself, to the last bit. */
    public static final Residuals NONE = new Residuals(List.of(), null);

    public Residuals {
        skips = List.copyOf(skips);
    }

    /** Runs {@code body} and frees every array it made but those of its result. */
    public static Residuals keep(Supplier<Residuals> body) {
        List<NDArray> kept = Scope.keepAll(() -> body.get().all());
        return kept.isEmpty() ? NONE : of(kept);
    }

    private List<NDArray> all() {
        return Stream.concat(skips.stream(), Stream.ofNullable(mid)).toList();
    }

    private static Residuals of(List<NDArray> all) {
        int last = all.size() - 1;
        return new Residuals(all.subList(0, last), all.get(last));
    }

    /** These and {@code other}, map by map. */
    public Residuals plus(Residuals other) {
        if (mid == null || other.mid == null) {
            return mid == null ? other : this;
        }
        List<NDArray> sums = IntStream.range(0, skips.size())
                .mapToObj(i -> skips.get(i).add(other.skips.get(i)))
                .toList();
        return new Residuals(sums, mid.add(other.mid));
    }

    /** {@code factor} times these. */
    public Residuals times(double factor) {
        return factor == 1 || mid == null ? this : mapped(residual -> Aten.scale(residual, factor));
    }

    private Residuals mapped(UnaryOperator<NDArray> change) {
        return new Residuals(skips.stream().map(change).toList(), change.apply(Objects.requireNonNull(mid)));
    }

    /** The map behind the mid block with what is added to it; the maps in {@code maps} get theirs. */
    NDArray addTo(NDArray h, Skips maps) {
        if (mid == null) {
            return h;
        }
        maps.add(skips);
        return Aten.addResidual(Aten.like(mid, h), h);
    }
}
