package io.percolate.tests.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.layers.Attention;
import io.percolate.nn.layers.Conv2d;
import io.percolate.nn.layers.FeedForward;
import io.percolate.nn.layers.GroupNorm;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.Linear;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Milliseconds of the layers that a U-Net consists of, without gradients; {@code tests/bench} has the peer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OperatorBenchmark {

    private static final int GROUPS = 16;

    @Param
    private Place place;

    @Param({"FP32", "BF16"})
    private Precision precision;

    private NDManager manager;
    private NDArray pixels;
    private NDArray tokens;
    private NDArray prompt;
    private Conv2d convolution;
    private Linear linear;
    private Attention selfAttention;
    private Attention crossAttention;
    private FeedForward feedForward;
    private GroupNorm norm;

    /** Random layers and inputs. */
    @Setup(Level.Trial)
    public void open() {
        int width = place.channels();
        int headDim = width / place.heads();
        manager = TorchEngine.newManager();
        pixels = noise(place.pixels());
        tokens = noise(place.tokens());
        prompt = noise(place.prompt());
        convolution = ready(new Conv2d(width, width, 3));
        linear = ready(new Linear(width, width));
        selfAttention = ready(new Attention(width, width, place.heads(), headDim, false));
        crossAttention = ready(new Attention(width, place.promptWidth(), place.heads(), headDim, false));
        feedForward = ready(new FeedForward(width));
        norm = ready(new GroupNorm(GROUPS, width, 1e-5));
    }

    /** Frees them. */
    @TearDown(Level.Trial)
    public void close() {
        manager.close();
    }

    /** 3x3, C to C channels. */
    @Benchmark
    public void convolution() {
        run(() -> convolution.forward(pixels));
    }

    /** Tokens of width C to width C. */
    @Benchmark
    public void linear() {
        run(() -> linear.forward(tokens));
    }

    /** Every token to every token, with the four projections. */
    @Benchmark
    public void selfAttention() {
        run(() -> selfAttention.forward(tokens, tokens));
    }

    /** Every token to the prompt, with the four projections. */
    @Benchmark
    public void crossAttention() {
        run(() -> crossAttention.forward(tokens, prompt));
    }

    /** GEGLU, four times as wide inside. */
    @Benchmark
    public void feedForward() {
        run(() -> feedForward.forward(tokens));
    }

    /** What stands before every convolution. */
    @Benchmark
    public void groupNormSilu() {
        run(() -> norm.forwardSilu(pixels));
    }

    private static void run(Supplier<NDArray> operator) {
        Gradients.off(operator).close();
    }

    private NDArray noise(Shape shape) {
        return Aten.repeatedNoise(manager, shape, 1, precision);
    }

    private <L extends Layer> L ready(L layer) {
        layer.initialise(manager, 0);
        layer.prepack(precision);
        return layer;
    }
}
