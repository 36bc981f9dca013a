package io.percolate.pipeline.training.recipe;

import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.optim.AdamWConfig;
import io.percolate.nn.optim.EmaDecay;
import io.percolate.nn.optim.GradientClipping;
import io.percolate.nn.optim.MuonConfig;
import io.percolate.nn.optim.OptimizerConfig;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a network is trained, whatever the network: Muon for the hidden matrices and AdamW for the rest, a linear
 * warm-up to {@code learningRate}, then half a cosine down to zero, and averaged weights, which are what is
 * sampled from and saved.
 *
 * @param batchSize images per optimisation step
 * @param learningRate peak of the schedule, for AdamW
 * @param muonRatio Muon's learning rate as a multiple of it; 0 trains everything with AdamW
 * @param warmupSteps steps until the peak
 * @param weightDecay decoupled weight decay
 * @param clipNorm largest global gradient norm
 * @param emaDecay decay of the averaged weights
 * @param precision what the network computes in; weights and optimiser stay float32
 * @param gradientCheckpointing whether the backward pass computes blocks again instead of keeping what they took:
 *     less memory, and about a quarter more time
 * @param seed of first weights, order of images, and noise
 * @param saveMinutes minutes between two checkpoints
 * @param sampleMinutes minutes between two sample images
 */
public record TrainingPlan(
        int batchSize,
        double learningRate,
        double muonRatio,
        int warmupSteps,
        double weightDecay,
        double clipNorm,
        double emaDecay,
        Precision precision,
        boolean gradientCheckpointing,
        int seed,
        double saveMinutes,
        double sampleMinutes) {

    public TrainingPlan {
        require(batchSize > 0, "batch_size", batchSize);
        require(learningRate > 0, "learning_rate", learningRate);
        require(muonRatio >= 0, "muon_ratio", muonRatio);
        require(warmupSteps >= 0, "warmup_steps", warmupSteps);
        require(weightDecay >= 0, "weight_decay", weightDecay);
        require(clipNorm > 0, "clip_norm", clipNorm);
        require(emaDecay >= 0 && emaDecay < 1, "ema_decay", emaDecay);
        require(saveMinutes > 0, "save_minutes", saveMinutes);
        require(sampleMinutes > 0, "sample_minutes", sampleMinutes);
    }

    /** Reads the section {@code training} of a recipe; a key that is absent has its default. */
    public static TrainingPlan from(JsonConfig section) {
        TrainingPlan plan = new TrainingPlan(
                section.integer("batch_size", 16),
                section.number("learning_rate", 5e-4),
                section.number("muon_ratio", 3),
                section.integer("warmup_steps", 200),
                section.number("weight_decay", 0.01),
                section.number("clip_norm", 1),
                section.number("ema_decay", 0.999),
                Precision.valueOf(section.string("precision", "bf16").toUpperCase(Locale.ROOT)),
                section.flag("gradient_checkpointing", false),
                section.integer("seed", 0),
                section.number("save_minutes", 5),
                section.number("sample_minutes", 5));
        section.refuseUnread(Map.of());
        return plan;
    }

    TrainingPlan withSamplesEvery(double minutes) {
        return new TrainingPlan(
                batchSize,
                learningRate,
                muonRatio,
                warmupSteps,
                weightDecay,
                clipNorm,
                emaDecay,
                precision,
                gradientCheckpointing,
                seed,
                saveMinutes,
                minutes);
    }

    public OptimizerConfig optimizer() {
        OptimizerConfig config = new OptimizerConfig(
                new GradientClipping(clipNorm),
                AdamWConfig.DEFAULT.withWeightDecay(weightDecay),
                Optional.empty(),
                new EmaDecay.WarmUp(emaDecay));
        return muonRatio == 0 ? config : config.withMuon(MuonConfig.of(muonRatio));
    }

    private static void require(boolean holds, String key, double value) {
        if (!holds) {
            throw new IllegalArgumentException(key + " " + value + " is out of range");
        }
    }
}
