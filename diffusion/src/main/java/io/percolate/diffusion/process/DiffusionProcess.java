package io.percolate.diffusion.process;

import io.percolate.diffusion.process.BetaSchedule.Cosine;
import io.percolate.diffusion.process.BetaSchedule.Given;
import io.percolate.diffusion.process.BetaSchedule.Linear;
import io.percolate.diffusion.process.BetaSchedule.ScaledLinear;
import io.percolate.diffusion.process.BetaSchedule.Sigmoid;
import io.percolate.diffusion.process.BetaSchedule.ZeroTerminalSnr;
import io.percolate.files.JsonConfig;
import io.percolate.weights.tensors.WeightsException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a denoising network was trained on: the part of a model that no sampler may change.
 *
 * @param betas the noise added at every timestep
 * @param trainSteps number of timesteps T
 * @param prediction what the network says
 */
public record DiffusionProcess(BetaSchedule betas, int trainSteps, Prediction prediction) {

    public DiffusionProcess {
        if (trainSteps < 1) {
            throw new IllegalArgumentException(trainSteps + " timesteps: at least one is needed");
        }
    }

    /** What Stable Diffusion 1 was trained on. */
    public static DiffusionProcess stableDiffusion() {
        return new DiffusionProcess(new ScaledLinear(0.00085, 0.012), 1000, Prediction.EPSILON);
    }

    /** What Ho et al. 2020 trained on. */
    public static DiffusionProcess ddpm() {
        return new DiffusionProcess(new Linear(1e-4, 0.02), 1000, Prediction.EPSILON);
    }

    /** The noise schedule. */
    public NoiseSchedule schedule() {
        return NoiseSchedule.of(betas, trainSteps);
    }

    /** Reads the keys of a published scheduler config that describe the training. */
    public static DiffusionProcess read(JsonConfig config) {
        BetaSchedule betas = betas(config);
        if (config.flag("rescale_betas_zero_snr", false)) {
            betas = new ZeroTerminalSnr(betas);
        }
        int steps = config.integer("num_train_timesteps", 1000);
        return new DiffusionProcess(betas, steps, Prediction.read(config));
    }

    /** The keys that {@link #read} understands. */
    public Map<String, Object> options() {
        Map<String, Object> options = new TreeMap<>();
        options.put("num_train_timesteps", trainSteps);
        options.put("prediction_type", prediction.publishedName());
        if (betas instanceof ZeroTerminalSnr) {
            options.put("rescale_betas_zero_snr", true);
        }
        write(betas instanceof ZeroTerminalSnr zero ? zero.base() : betas, options);
        return options;
    }

    private static BetaSchedule betas(JsonConfig config) {
        List<Double> given = config.numbers("trained_betas", List.of());
        String name = config.string("beta_schedule", "linear");
        double start = config.number("beta_start");
        double end = config.number("beta_end");
        if (!given.isEmpty()) {
            return new Given(given);
        }
        return switch (name) {
            case "linear" -> new Linear(start, end);
            case "scaled_linear" -> new ScaledLinear(start, end);
            case "squaredcos_cap_v2" -> new Cosine();
            case "sigmoid" -> new Sigmoid(start, end);
            default ->
                throw new WeightsException(config.source() + ": beta_schedule is " + name
                        + ", supported: linear, scaled_linear, squaredcos_cap_v2, sigmoid");
        };
    }

    private static void write(BetaSchedule betas, Map<String, Object> options) {
        if (betas instanceof Linear linear) {
            write(options, "linear", linear.start(), linear.end());
        } else if (betas instanceof ScaledLinear scaled) {
            write(options, "scaled_linear", scaled.start(), scaled.end());
        } else if (betas instanceof Sigmoid sigmoid) {
            write(options, "sigmoid", sigmoid.start(), sigmoid.end());
        } else {
            write(options, betas instanceof Cosine ? "squaredcos_cap_v2" : "linear", 1e-4, 0.02);
        }
        if (betas instanceof Given given) {
            options.put("trained_betas", given.values());
        }
    }

    private static void write(Map<String, Object> options, String name, double start, double end) {
        options.put("beta_schedule", name);
        options.put("beta_start", start);
        options.put("beta_end", end);
    }
}
