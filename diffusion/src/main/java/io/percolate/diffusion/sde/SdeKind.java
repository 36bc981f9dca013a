package io.percolate.diffusion.sde;

import io.percolate.diffusion.process.NoiseSchedule;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The processes in continuous time that a trained network gives the score of (Song et al. 2021). */
public enum SdeKind {
    /** Data of unit variance keep it. */
    VP("vp") {
        @Override
        public Sde of(NoiseSchedule schedule) {
            return VariancePreserving.of(schedule);
        }
    },
    /** As VP, with less noise on the way. */
    SUB_VP("sub_vp") {
        @Override
        public Sde of(NoiseSchedule schedule) {
            return SubVariancePreserving.of(schedule);
        }
    },
    /** Noise is added to data that keep their scale. */
    VE("ve") {
        @Override
        public Sde of(NoiseSchedule schedule) {
            return VarianceExploding.of(schedule);
        }
    };

    private final String key;

    SdeKind(String key) {
        this.key = key;
    }

    /** What recipes call it. */
    public String key() {
        return key;
    }

    /** The one that recipes call {@code key}. */
    public static SdeKind named(String key) {
        return Arrays.stream(values())
                .filter(kind -> kind.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("sde is " + key + ", choose from " + keys()));
    }

    private static String keys() {
        return Arrays.stream(values()).map(SdeKind::key).collect(Collectors.joining(", "));
    }

    /** The one that ends with the noise of {@code schedule}. */
    public abstract Sde of(NoiseSchedule schedule);
}
