package io.percolate.vae.losses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchScript;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How different images look (Zhang et al. 2018, eq. 1), judged by a network that is given as TorchScript. Its call is
 * that of the published LPIPS file {@code vgg16.pt}: images in 0..255, {@code resize_images=False} and
 * {@code return_lpips=True}, to features (B,N) whose squared distance is the perceptual distance.
 */
public final class PerceptualLoss implements AutoCloseable {

    /** No network: every distance is 0. */
    public static final PerceptualLoss NONE = new PerceptualLoss(Optional.empty(), 0);

    private final Optional<TorchScript> network;
    private final double weight;

    private PerceptualLoss(Optional<TorchScript> network, double weight) {
        this.network = network;
        this.weight = weight;
    }

    /**
     * Judges by the network in {@code file}, on the device of {@code manager}.
     *
     * @throws IllegalArgumentException if there is no such file, or it is no TorchScript
     */
    public static PerceptualLoss open(Path file, double weight, NDManager manager) {
        return new PerceptualLoss(Optional.of(TorchScript.open(file, manager)), weight);
    }

    /** How much the distance counts. */
    public double weight() {
        return weight;
    }

    /** Mean distance of images from originals, both float32 (B,C,H,W) in [-1,1]: a scalar, differentiable. */
    public NDArray of(NDArray images, NDArray originals) {
        return Scope.keep(() -> network.map(judge -> distance(judge, images, originals))
                .orElseGet(() -> images.getManager().zeros(new Shape())));
    }

    private static NDArray distance(TorchScript network, NDArray images, NDArray originals) {
        NDArray difference = features(network, images).sub(features(network, originals));
        return difference.square().sum(new int[] {1}).mean();
    }

    private static NDArray features(TorchScript network, NDArray images) {
        return network.forward(Aten.affine(images, 127.5, 127.5), false, true);
    }

    @Override
    public void close() {
        network.ifPresent(TorchScript::close);
    }
}
