package io.percolate.pipeline.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.diffusion.process.LossWeighting;
import io.percolate.diffusion.process.TimestepDistribution;
import io.percolate.diffusion.sde.SdeKind;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.files.MemorySize;
import io.percolate.nn.engine.ComputeDevice;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Processor;
import io.percolate.nn.optim.AdafactorConfig;
import io.percolate.nn.optim.AdamWConfig;
import io.percolate.nn.optim.LearningRate;
import io.percolate.nn.optim.LearningRate.Decay;
import io.percolate.nn.optim.MuonConfig;
import io.percolate.nn.optim.OptimizerConfig;
import io.percolate.nn.optim.OuterConfig;
import io.percolate.nn.optim.StateTypes;
import io.percolate.pipeline.images.CropScales;
import io.percolate.vae.VaeLossConfig;
import io.percolate.vae.losses.AdversarialTerms;
import io.percolate.vae.losses.Augmentation;
import io.percolate.vae.losses.Augmentations;
import io.percolate.vae.losses.FocalFrequencyLoss;
import io.percolate.vae.losses.PatchSize;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTest {

    @TempDir
    private Path folder;

    @Test
    void anAutoencodersRecipeOfOneKeyChangesThatKeyAlone() {
        VaeRecipe usual = VaeRecipe.embedded();
        VaeRecipe recipe = usual.with(RecipeOverlay.parse("{\"training\": {\"batch_size\": 1}}"));
        assertThat(recipe).isEqualTo(usual.withPlan(usual.plan().withBatchSize(1)));
    }

    @Test
    void aDenoisersRecipeOfAKeyPerSectionChangesThoseKeysAlone() {
        DiffusionRecipe usual = DiffusionRecipe.embedded(VaeRecipe.embedded().vae());
        DiffusionRecipe recipe = usual.with(
                RecipeOverlay.parse(
                        """
                {"text": {"caption_dropout": 0.3},
                 "loss": {"timestep_shift": 1},
                 "training": {"learning_rate_schedule": "constant"}}"""));
        LearningRate rate = usual.plan().optimizer().learningRate();
        assertThat(recipe)
                .isEqualTo(usual.withText(TextRecipe.DEFAULT.withCaptionDropout(0.3))
                        .withLoss(LossRecipe.DEFAULT)
                        .withPlan(usual.plan()
                                .withOptimizer(usual.plan()
                                        .optimizer()
                                        .withLearningRate(
                                                new LearningRate(rate.peak(), rate.warmUpSteps(), Decay.CONSTANT)))));
    }

    @Test
    void aSectionOfAnotherClassTakesThePlaceOfTheWhole() {
        DiffusionRecipe recipe = DiffusionRecipe.pixels()
                .with(
                        RecipeOverlay.parse(
                                """
                        {"unet": {"_class_name": "UNet2DModel", "sample_size": 16, "block_out_channels": [32, 64],
                                  "down_block_types": ["DownBlock2D", "AttnDownBlock2D"],
                                  "up_block_types": ["AttnUpBlock2D", "UpBlock2D"]}}"""));
        assertThat(recipe.unet().family()).isEqualTo(UNetConfig.Family.PIXELS);
        assertThat(recipe.prompts()).isEqualTo(new PromptRecipe.None());
        assertThat(recipe.plan()).isEqualTo(DiffusionRecipe.pixels().plan());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{\"trainig\": {}}, `nothing is called trainig, choose from classes, loss, name, outer, scheduler, text, training`",
                "{\"training\": {\"batchsize\": 1}}, `training: nothing is called batchsize, choose from averages, batch_size, buckets`",
                "{\"unet\": {\"channels\": 1}}, `unet: nothing is called channels, choose from act_fn, addition`",
                "{\"scheduler\": {\"beta\": 1}}, `scheduler: nothing is called beta, choose from beta_end`",
                "{\"text\": {\"size\": 1}}, `text: nothing is called size, choose from caption_dropout, heads`",
                "{\"text\": {\"vocabulary_size\": 513}}, `text.vocabulary_size 513: bytes and marks alone are 514 tokens`",
                "{\"training\": {\"precision\": \"fp8\"}}, `training: precision is fp8, choose from auto, fp32, bf16`",
                "{\"loss\": {\"timestep_distribution\": \"odd\"}}, `is odd, choose from uniform, logit_normal`",
                "{\"loss\": {\"weighting\": \"odd\"}}, `weighting is odd, choose from simple, bound, hybrid`",
                "`{\"loss\": {\"weighting\": \"hybrid\", \"weighting_share\": 0}}`, `weighting_share 0.0 is not positive`",
                "`{\"loss\": {\"weighting\": \"bound\", \"min_snr_gamma\": 5}}`, `min_snr_gamma is for the weighting simple`",
                "{\"loss\": {\"sde\": \"vq\"}}, `loss: sde is vq, choose from vp, sub_vp, ve`",
                "`{\"loss\": {\"sde\": \"ve\", \"weighting\": \"bound\"}}`, `loss: weighting bound is a sum over whole`",
                "{\"training\": {\"clip_norm\": 0}}, `training: clip_norm 0.0 is out of range`",
                "{\"training\": {\"validation_share\": 1}}, `training: validation_share 1.0 is out of range`",
                "{\"outer\": {\"steps\": 0}}, `outer: steps 0.0 of the outer optimizer is out of range`",
                "{\"outer\": {\"rate\": 1}}, `outer: nothing is called rate, choose from learning_rate, momentum, steps`",
                "{\"classes\": {\"label_dropout\": 0.1}}, `attends to captions, and classes`",
            })
    void whatARecipeCannotHaveIsRefusedWithWhatItCan(String json, String message) {
        assertThatThrownBy(() -> DiffusionRecipe.pixels().with(RecipeOverlay.parse(json)))
                .isInstanceOf(RecipeException.class)
                .hasMessageStartingWith("recipe: ")
                .hasMessageContaining(message);
    }

    @Test
    void theWholeRecipeReadsBackEqual() {
        DiffusionRecipe unusual = DiffusionRecipe.pixels()
                .withName("mine")
                .withLoss(new LossRecipe(
                        new TimestepDistribution.Shifted(new TimestepDistribution.LogitNormal(0.5, 2), 3),
                        Optional.of(SdeKind.VE),
                        LossRecipe.DEFAULT.weighting()))
                .withPlan(TrainingPlan.DEFAULT
                        .withData(new DataPlan(true, true, CacheType.BF16, Optional.of(Path.of("latents"))))
                        .withSeed(7)
                        .withSaving(new SavePlan(2, 3, List.of("a red apple"), new ValidationPlan(10, 5, 0.25)))
                        .withCompute(ComputePlan.DEFAULT
                                .withPrecision(TrainingPrecision.FP32)
                                .withDevice(ComputeDevice.parse("gpu:1"))
                                .withGradientCheckpointing(true)
                                .withMicroBatch(2)
                                .withMemory(MemorySize.parse("1.5G"))
                                .withBeside(ComputePlan.Beside.DEFAULT
                                        .withSamples(4, 10)
                                        .withScaleImages(32)
                                        .withPixelsAtOnce(1 << 16))));
        for (DiffusionRecipe recipe : new DiffusionRecipe[] {
            unusual,
            unusual.withoutText(),
            unusual.withLoss(
                    new LossRecipe(LossRecipe.DEFAULT.timesteps(), Optional.empty(), new LossWeighting.Bound())),
            unusual.withLoss(
                    new LossRecipe(LossRecipe.DEFAULT.timesteps(), Optional.empty(), new LossWeighting.Hybrid(0.01))),
            unusual.withLoss(
                    new LossRecipe(LossRecipe.DEFAULT.timesteps(), Optional.empty(), new LossWeighting.MinSnr(5))),
            unusual.withClasses(new ClassRecipe(0.2)).withClassCount(4),
            unusual.with(RecipeOverlay.parse("{\"outer\": {\"steps\": 30, \"momentum\": 0.8}}")),
            DiffusionRecipe.embedded(VaeRecipe.embedded().vae())
        }) {
            Path file = folder.resolve("recipe.json");
            recipe.write(file);
            RecipeOverlay written = RecipeOverlay.read(file);
            assertThat(DiffusionRecipe.pixels().with(written)).isEqualTo(recipe);
        }
    }

    @Test
    void anAutoencodersWholeRecipeReadsBackEqual() {
        VaeRecipe recipe = VaeRecipe.embedded()
                .withResolution(64)
                .withCrops(new CropRecipe(OptionalInt.of(32), Optional.of(new CropScales(0.25, 1))))
                .withLoss(VaeLossConfig.sharp().withReduction(VaeLossConfig.Reduction.SUM))
                .withDetail(new DetailRecipe(
                        new PerceptualRecipe(Optional.of("lpips.pt"), 0.5),
                        new DiscriminatorRecipe(
                                0.75,
                                new PatchSize(32, 2),
                                100,
                                50,
                                2e-4,
                                new AdversarialTerms(
                                        2,
                                        0.1,
                                        10,
                                        new Augmentations(List.of(Augmentation.CUTOUT, Augmentation.COLOR)))),
                        new FocalFrequencyLoss(0.5, 2),
                        0.25));
        recipe.write(folder.resolve("recipe.json"));
        assertThat(VaeRecipe.read(folder.resolve("recipe.json"))).isEqualTo(recipe);
    }

    @Test
    void aRecipeIsReadFromAStream() {
        byte[] json = "{\"training\": {\"seed\": 5}}".getBytes(StandardCharsets.UTF_8);
        assertThat(VaeRecipe.embedded()
                        .with(RecipeOverlay.read(new ByteArrayInputStream(json)))
                        .plan()
                        .seed())
                .isEqualTo(5);
    }

    @Test
    void weightDecayReachesTheMatricesOfMuon() {
        OptimizerPlan plan = OptimizerPlan.DEFAULT.withWeightDecay(0.2);
        OptimizerConfig config = plan.config(ComputePlan.DEFAULT);
        assertThat(config.muon().map(MuonConfig::weightDecay)).contains(0.2);
        assertThat(config.rule()).isEqualTo(AdamWConfig.DEFAULT.withWeightDecay(0.2));
    }

    @Test
    void anOptimizerIsChosenByName() {
        OptimizerConfig config = VaeRecipe.embedded()
                .with(RecipeOverlay.parse("{\"training\": {\"optimizer\": \"adafactor\", \"weight_decay\": 0.3}}"))
                .plan()
                .optimizerConfig();
        assertThat(config.rule()).isEqualTo(AdafactorConfig.DEFAULT.withWeightDecay(0.3));
        assertThat(config.muon()).isEmpty();
    }

    @Test
    void runningAveragesInHalfOfTheMemoryAreChosenByName() {
        VaeRecipe recipe = VaeRecipe.embedded()
                .with(RecipeOverlay.parse("{\"training\": {\"optimizer_states\": \"bf16\", \"averages\": \"bf16\"}}"));
        assertThat(recipe.plan().optimizerConfig().states()).isEqualTo(StateTypes.BF16);
        assertThat(recipe.plan().optimizer())
                .isEqualTo(VaeRecipe.embedded().plan().optimizer().compact());
        recipe.write(folder.resolve("recipe.json"));
        assertThat(VaeRecipe.read(folder.resolve("recipe.json"))).isEqualTo(recipe);
    }

    @Test
    void anOuterOptimizerIsOffUnlessItHasASection() {
        DiffusionRecipe with = DiffusionRecipe.pixels().with(RecipeOverlay.parse("{\"outer\": {\"steps\": 30}}"));
        assertThat(outer(DiffusionRecipe.pixels())).isEmpty();
        assertThat(outer(with)).contains(new OuterConfig(30, 0.7, 0.9));
        assertThat(outer(with.with(RecipeOverlay.parse("{\"outer\": null}")))).isEmpty();
    }

    private static Optional<OuterConfig> outer(DiffusionRecipe recipe) {
        return recipe.plan().optimizerConfig().slow().outer();
    }

    @Test
    void aMicroBatchIsAtLeastOneImage() {
        assertThatThrownBy(() -> VaeRecipe.embedded().with(RecipeOverlay.parse("{\"training\": {\"micro_batch\": 0}}")))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("micro_batch 0");
    }

    @Test
    void halfPrecisionIsForProcessorsThatMultiplyIt() {
        assertThat(VaeRecipe.embedded().plan().precision())
                .isEqualTo(Processor.hasBfloat16() ? Precision.BF16 : Precision.FP32);
    }

    @Test
    void aModelWithoutANameIsCalledAsItsFolder() {
        DiffusionRecipe recipe = DiffusionRecipe.pixels().withoutText();
        assertThat(recipe.fit(null, Path.of("runs/flowers")).name()).contains("flowers");
        assertThat(recipe.withName("mine").fit(null, Path.of("runs/flowers")).name())
                .contains("mine");
    }
}
