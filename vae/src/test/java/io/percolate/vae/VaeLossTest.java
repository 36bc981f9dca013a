package io.percolate.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.vae.VaeLossConfig.Reconstruction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VaeLossTest {

    private static final Offset<Float> NEAR = Offset.offset(1e-5f);

    private final NDManager manager = TorchEngine.newManager();
    private final LatentDistribution standard = LatentDistribution.of(manager.zeros(new Shape(1, 2, 2, 2)));

    @BeforeEach
    void seed() {
        TorchEngine.engine().setRandomSeed(1);
    }

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void aPerfectReconstructionCostsNothing() {
        NDArray image = manager.randomUniform(-1, 1, new Shape(1, 3, 16, 16));
        VaeLoss.Value value = loss(new VaeLossConfig(Reconstruction.L1, 1, 4, 1, 1), image, image);
        assertThat(value.total().getFloat()).isCloseTo(0, NEAR);
    }

    @Test
    void aConstantErrorHasNoGradientTerm() {
        NDArray black = manager.zeros(new Shape(1, 3, 16, 16));
        VaeLoss.Value value = loss(VaeLossConfig.sharp(), black, black.add(0.5f));
        assertThat(value.term("reconstruction")).isCloseTo(0.5f, NEAR);
        assertThat(value.term("gradient")).isZero();
    }

    /** A step of height 1 between columns 4 and 5 of 8: one of 7 differences, then one of 3, then one of 1. */
    @Test
    void anEdgeIsSeenAtEveryScale() {
        NDArray step = manager.create(new float[] {0, 0, 0, 0, 1, 1, 1, 1}).broadcast(1, 1, 8, 8);
        VaeLossConfig config = new VaeLossConfig(Reconstruction.L2, 1, 9, 0, 0);
        VaeLoss.Value value = loss(config, manager.zeros(new Shape(1, 1, 8, 8)), step);
        assertThat(value.term("gradient")).isCloseTo(1f / 7 + 1f / 3 + 1, NEAR);
        assertThat(value.term("reconstruction")).isCloseTo(0.5f, NEAR);
    }

    @Test
    void theTotalIsTheWeightedSumOfTheParts() {
        NDArray image = manager.randomUniform(-1, 1, new Shape(1, 3, 16, 16));
        LatentDistribution posterior = LatentDistribution.of(manager.ones(new Shape(1, 2, 2, 2)));
        VaeLoss loss = new VaeLoss(new VaeLossConfig(Reconstruction.L1, 0.5, 2, 0.25, 0.1));
        VaeLoss.Value value = loss.of(image, image.mul(0.9f), posterior);
        float sum = value.term("reconstruction")
                + 0.5f * value.term("gradient")
                + 0.25f * value.term("ssim")
                + 0.1f * value.term("kl");
        assertThat(value.total().getFloat()).isCloseTo(sum, NEAR);
        assertThat(value.term("ssim")).isPositive();
        assertThat(value.term("kl")).isPositive();
    }

    /** The same latents and errors, four times as wide and high: each term weighs as much. */
    @Test
    void aRecipeMeansTheSameAtEveryResolution() {
        VaeLoss.Value small = ofSide(128);
        VaeLoss.Value large = ofSide(512);
        assertThat(small.term("kl")).isPositive();
        assertThat(large.term("kl")).isCloseTo(small.term("kl"), Offset.offset(1e-6f * small.term("kl")));
        assertThat(large.total().getFloat()).isCloseTo(small.total().getFloat(), NEAR);
    }

    /** An image of 128x128 in 12 latent channels of 16x16: 0.0147456 per value is 3e-7 for the sum over an image. */
    @Test
    void theDivergenceIsSharedOutOverThePixels() {
        NDArray image = manager.zeros(new Shape(2, 3, 128, 128));
        LatentDistribution posterior = LatentDistribution.of(manager.ones(new Shape(2, 24, 16, 16)));
        VaeLoss.Value value =
                new VaeLoss(new VaeLossConfig(Reconstruction.L2, 0, 1, 0, 0.0147456)).of(image, image, posterior);
        float perImage = posterior.kl().getFloat(0);
        assertThat(value.total().getFloat()).isCloseTo(3e-7f * perImage, Offset.offset(1e-9f * perImage));
    }

    private VaeLoss.Value ofSide(int side) {
        NDArray image = manager.zeros(new Shape(1, 3, side, side));
        LatentDistribution posterior = LatentDistribution.of(manager.ones(new Shape(1, 8, side / 8, side / 8)));
        VaeLossConfig config = new VaeLossConfig(Reconstruction.L1, 0, 1, 0, 1e-3);
        return new VaeLoss(config).of(image, image.add(0.5f), posterior);
    }

    @Test
    void theLossIsFloat32WhateverTheNetworkRanIn() {
        NDArray image = manager.zeros(new Shape(1, 3, 16, 16));
        NDArray decoded = Aten.to(manager.full(new Shape(1, 3, 16, 16), 0.25f), Precision.BF16);
        assertThat(loss(VaeLossConfig.sharp(), image, decoded).total().getFloat())
                .isEqualTo(0.25f);
    }

    @Test
    void shapesThatDifferAndImpossibleWeightsAreRefused() {
        NDArray image = manager.zeros(new Shape(1, 3, 16, 16));
        assertThatThrownBy(() -> loss(VaeLossConfig.plain(), image, manager.zeros(new Shape(1, 3, 16, 8))))
                .hasMessageContaining("(1, 3, 16, 8)");
        assertThatThrownBy(() -> new VaeLossConfig(Reconstruction.L1, Double.NaN, 4, 0, 0))
                .hasMessageContaining("gradientWeight is NaN");
        assertThatThrownBy(() -> new VaeLossConfig(Reconstruction.L1, 1, 0, 0, 0))
                .hasMessageContaining("gradientScales is 0");
    }

    private VaeLoss.Value loss(VaeLossConfig config, NDArray pixels, NDArray decoded) {
        return new VaeLoss(config).of(pixels, decoded, standard);
    }
}
