package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.diffusion.process.BetaSchedule;
import io.percolate.diffusion.process.DiffusionLoss;
import io.percolate.diffusion.process.LossWeighting;
import io.percolate.diffusion.process.NoiseSchedule;
import io.percolate.diffusion.process.Prediction;
import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.published.UNetFiles;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchArray;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.random.RandomStream;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.LatentDistribution;
import io.percolate.vae.VaeConfig;
import io.percolate.vae.VaeLoss;
import io.percolate.vae.VaeLossConfig;
import io.percolate.vae.losses.FocalFrequencyLoss;
import io.percolate.vae.losses.PerceptualLoss;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What autograd and views still read stays as it was when Java frees, and reuses, all memory without a handle. */
class GarbageCollectionTest {

    private static final Path TRAINING = Path.of(System.getProperty("percolate.testdata"), "training");

    /** Java frees buffers on a thread of its own; nanoseconds. */
    private static final long TIME_TO_FREE = 50_000_000;

    /** Buffers from 8 bytes on, each size twice the one before. */
    private static final int SIZES = 12;

    private final NDManager manager = TorchEngine.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void viewsOutliveTheArrayTheyWereMadeFrom() {
        NDArray column = Scope.keep(() -> TorchArray.of(manager, new float[] {1, 2, 3, 4}, new Shape(2, 2))
                .transpose()
                .get(1));
        collectGarbage();
        assertThat(column.toFloatArray()).containsExactly(2, 4);
    }

    @Test
    void scalingByANumberHasTheSameGradients() {
        NDArray x = manager.ones(new Shape(3));
        x.setRequiresGradient(true);
        try (NDArray y = Gradients.on(() ->
                Scope.keep(() -> Aten.scale(Aten.affine(x, 3, 1).square(), 0.25).sum()))) {
            collectGarbage();
            Gradients.backward(y);
        }
        assertThat(Gradients.of(x).toFloatArray()).containsOnly(6);
    }

    @Test
    void anAutoencoderHasTheSameGradients() {
        AutoencoderKl vae = new AutoencoderKl(VaeConfig.of(List.of(8, 16), 1, 4, 4));
        vae.initialise(manager, 1);
        VaeLossConfig everyTerm = new VaeLossConfig(VaeLossConfig.Reconstruction.L2, 1, 2, 0.5, 0.01);
        assertUndisturbed(vae, () -> {
            RandomStream random = new RandomStream(7);
            NDArray images = Aten.affine(random.uniform(manager, new Shape(2, 3, 16, 16)), 2, -1);
            LatentDistribution posterior = vae.encode(images);
            NDArray decoded = vae.decode(posterior.sample(random.normal(posterior.mean())));
            return new VaeLoss(everyTerm, PerceptualLoss.NONE, new FocalFrequencyLoss(1, 1))
                    .of(images, decoded, posterior)
                    .total();
        });
    }

    @Test
    void aDiffusionModelHasTheSameGradients() {
        UNet unet = UNetFiles.load(TRAINING.resolve("unet"), manager);
        NoiseSchedule schedule = NoiseSchedule.of(new BetaSchedule.ScaledLinear(0.00085, 0.012), 1000);
        DiffusionLoss loss = new DiffusionLoss(schedule, Prediction.V, new LossWeighting.MinSnr(5));
        Shape shape = new Shape(2, unet.config().inChannels(), 8, 8);
        Shape states = new Shape(2, 5, unet.config().transformers().contextWidth());
        assertUndisturbed(unet, () -> {
            RandomStream random = new RandomStream(7);
            NDArray z0 = random.normal(manager, shape, DataType.FLOAT32);
            NDArray noise = random.normal(manager, shape, DataType.FLOAT32);
            NDArray context = random.normal(manager, states, DataType.FLOAT32);
            NDArray timesteps = TorchArray.of(manager, new long[] {500, 900});
            NDArray output = unet.forward(schedule.addNoise(z0, noise, timesteps), timesteps, context);
            return loss.mse(output, loss.target(z0, noise, timesteps), timesteps);
        });
    }

    private static void assertUndisturbed(Layer network, Supplier<NDArray> loss) {
        network.makeTrainable();
        Map<String, float[]> expected = gradients(network, loss, () -> {});
        Map<String, float[]> found = gradients(network, loss, GarbageCollectionTest::collectGarbage);
        expected.forEach(
                (name, gradient) -> assertThat(found.get(name)).as(name).containsExactly(gradient));
    }

    private static Map<String, float[]> gradients(Layer network, Supplier<NDArray> loss, Runnable inBetween) {
        try (NDArray total = Gradients.on(() -> Scope.keep(loss))) {
            inBetween.run();
            Gradients.backward(total);
        }
        Map<String, float[]> gradients = new LinkedHashMap<>();
        network.parameters().forEach((name, parameter) -> gradients.put(name, gradient(parameter)));
        return gradients;
    }

    private static float[] gradient(Parameter parameter) {
        try (NDArray gradient = Gradients.of(parameter.value())) {
            float[] values = gradient.toFloatArray();
            parameter.dropGradient();
            return values;
        }
    }

    /** Frees the memory of unreachable buffers, and writes NaN over as much of it as new ones of all sizes get. */
    private static void collectGarbage() {
        System.gc();
        LockSupport.parkNanos(TIME_TO_FREE);
        List<ByteBuffer> written = IntStream.range(0, 200 * SIZES)
                .mapToObj(i -> filledWithNan(8 << i % SIZES))
                .toList();
        Reference.reachabilityFence(written);
    }

    private static ByteBuffer filledWithNan(int bytes) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
        while (buffer.hasRemaining()) {
            buffer.put((byte) -1);
        }
        return buffer;
    }
}
