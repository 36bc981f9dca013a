package io.percolate.pipeline.training.autoencoder;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import io.percolate.vae.losses.Judgement;
import io.percolate.vae.losses.PatchDiscriminator;

/**
 * A discriminator as losses ask it: of float32 images, in the precision that it computes in.
 *
 * @param network without a change to its weights here
 * @param precision of its layers
 */
record DiscriminatorView(PatchDiscriminator network, Precision precision) {

    /** Float32 logits of images (B,C,H,W). */
    NDArray logits(NDArray images) {
        return Scope.keep(() -> Aten.to(network.forward(Aten.to(images, precision)), Precision.FP32));
    }

    /** The same with the activations on the way, all in the precision of the network. */
    Judgement judge(NDArray images) {
        return network.judge(Aten.to(images, precision));
    }
}
