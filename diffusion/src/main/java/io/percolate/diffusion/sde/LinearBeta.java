package io.percolate.diffusion.sde;

/**
 * Noise added per unit of time, rising along a line: beta(t) = start + t (end - start).
 *
 * @param start beta(0), at least 0
 * @param end beta(1), positive
 */
record LinearBeta(double start, double end) {

    LinearBeta {
        if (!(0 <= start && start <= end && 0 < end && Double.isFinite(end))) {
            throw new IllegalArgumentException("beta from " + start + " to " + end + " does not rise from 0 up");
        }
    }

    /** The line from {@code start} under which the area from 0 to 1 is {@code total}. */
    static LinearBeta ofTotal(double start, double total) {
        double first = Math.min(start, total);
        return new LinearBeta(first, 2 * total - first);
    }

    double at(double time) {
        return start + time * (end - start);
    }

    /** The integral of beta from 0 to {@code time}. */
    double integral(double time) {
        return time * (start + 0.5 * time * (end - start));
    }

    /** The time up to which the integral is {@code integral}. */
    double timeOf(double integral) {
        return 2 * integral / (start + Math.sqrt(start * start + 2 * (end - start) * integral));
    }
}
