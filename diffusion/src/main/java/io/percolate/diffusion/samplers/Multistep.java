package io.percolate.diffusion.samplers;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.NoiseLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Clean images of the latest steps and the differences between them, over lambda in units of the step h
 * (Lu et al. 2022b, appendix B).
 */
final class Multistep implements AutoCloseable {

    private final History images;
    private final List<NoiseLevel> levels = new ArrayList<>();

    Multistep(int order) {
        images = new History(order);
    }

    /** Adds the estimate of the running step. */
    void push(NDArray x0, NoiseLevel level) {
        images.push(x0);
        levels.add(0, level);
    }

    /** How many estimates are at hand. */
    int size() {
        return images.size();
    }

    /** The clean image of {@code age} steps ago. */
    NDArray x0(int age) {
        return images.get(age);
    }

    NoiseLevel level(int age) {
        return levels.get(age);
    }

    /** First difference of the two latest images. */
    NDArray slope(double h) {
        return difference(0, h);
    }

    /** First difference at the latest image, from three. */
    NDArray slopeOfThree(double h) {
        double weight = ratio(0, h) / (ratio(0, h) + ratio(1, h));
        return axpby(1 + weight, difference(0, h), -weight, difference(1, h));
    }

    /** Second difference. */
    NDArray curvature(double h) {
        double scale = 1 / (ratio(0, h) + ratio(1, h));
        return axpby(scale, difference(0, h), -scale, difference(1, h));
    }

    /** lambda of the {@code order - 1} estimates before the one of {@code age} steps ago, from there, in units of h. */
    double[] ratios(int age, int order, double h) {
        return IntStream.range(1, order)
                .mapToDouble(i -> (level(age + i).lambda() - level(age).lambda()) / h)
                .toArray();
    }

    private NDArray difference(int age, double h) {
        double scale = 1 / ratio(age, h);
        return axpby(scale, x0(age), -scale, x0(age + 1));
    }

    private double ratio(int age, double h) {
        return (level(age).lambda() - level(age + 1).lambda()) / h;
    }

    @Override
    public void close() {
        images.close();
    }
}
