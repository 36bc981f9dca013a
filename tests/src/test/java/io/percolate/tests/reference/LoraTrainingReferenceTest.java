package io.percolate.tests.reference;

import static io.percolate.testing.Reference.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.conditioning.prompts.CaptionDropout;
import io.percolate.conditioning.prompts.TextTower;
import io.percolate.diffusion.process.DiffusionLoss;
import io.percolate.diffusion.process.LossWeighting;
import io.percolate.diffusion.process.TimestepDistribution;
import io.percolate.files.JsonConfig;
import io.percolate.nn.adapters.LowRankConfig;
import io.percolate.nn.adapters.LowRankUpdates;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.optim.AdamWConfig;
import io.percolate.nn.optim.GradientClipping;
import io.percolate.nn.optim.Optimizer;
import io.percolate.nn.optim.OptimizerConfig;
import io.percolate.nn.random.RandomSource;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.CaptionChoice;
import io.percolate.pipeline.data.DataItem;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.data.Position;
import io.percolate.pipeline.images.PixelSize;
import io.percolate.pipeline.model.DiffusionModel;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.pipeline.model.ModelLoader;
import io.percolate.pipeline.training.DiffusionNetworks;
import io.percolate.pipeline.training.DiffusionObjective;
import io.percolate.pipeline.training.DiffusionStep;
import io.percolate.pipeline.training.conditioning.CaptionConditioning;
import io.percolate.pipeline.training.space.TrainingSpace;
import io.percolate.testing.Reference;
import io.percolate.tests.reference.Suite.Tensors;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.lora.LoraFormat;
import io.percolate.weights.lora.LoraWeights;
import io.percolate.weights.safetensors.SafeTensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Low-rank updates train as those of diffusers and PEFT do: losses, gradients, weights, and the file that is written. */
class LoraTrainingReferenceTest {

    private static final double LOSS_TOLERANCE = 1e-5;
    private static final double TOLERANCE = 1e-4;

    /** Gradients this much smaller than the largest are no more than the rounding of their sums. */
    private static final double ROUNDING = 1e-5;

    @TempDir
    Path scratch;

    @TestFactory
    Stream<DynamicTest> updatesTrainAsInPeft() {
        return Suite.find("*lora-training*/expected.json").stream().flatMap(file -> Stream.of(false, true)
                .map(again -> dynamicTest(
                        Suite.name(file) + (again ? " with blocks computed again" : ""),
                        () -> Suite.with(
                                file.resolveSibling("expected.safetensors"),
                                expected -> new Case(file, JsonConfig.read(file), expected, again).train(scratch)))));
    }

    /** @param again whether blocks are computed again in the backward pass */
    private record Case(Path file, JsonConfig json, Tensors expected, boolean again) {

        void train(Path scratch) {
            try (DiffusionModel base =
                    ModelLoader.load(Suite.FOLDER.resolve(json.string("base")), LoadOptions.DEFAULT.withGradients())) {
                Map<ModelPart, LowRankUpdates> updates = updates(base);
                Map<String, Parameter> parameters = new LinkedHashMap<>();
                updates.forEach((part, own) ->
                        own.parameters().forEach((name, value) -> parameters.put(name(part, name), value)));
                assertThat(tokens(base)).containsExactly(expected.numbers("input_ids"));
                train(base, parameters);
                written(base, updates, scratch.resolve(LoraFormat.DIFFUSERS.file()));
            }
        }

        private double[] tokens(DiffusionModel base) {
            TextTower tower = base.text().orElseThrow().towers().get(0);
            return Reference.doubles(tower.tokenizer().encode(json.strings("prompts"), base.manager()));
        }

        private Map<ModelPart, LowRankUpdates> updates(DiffusionModel base) {
            Map<ModelPart, Layer> networks = new EnumMap<>(ModelPart.class);
            networks.put(ModelPart.UNET, base.unet());
            List<TextTower> towers = base.text().orElseThrow().towers();
            networks.put(ModelPart.TEXT_ENCODER, towers.get(0).encoder());
            if (towers.size() > 1) {
                networks.put(ModelPart.TEXT_ENCODER_2, towers.get(1).encoder());
            }
            Map<ModelPart, LowRankUpdates> updates = new EnumMap<>(ModelPart.class);
            networks.forEach((part, network) -> updates(part, network, updates));
            return updates;
        }

        private void updates(ModelPart part, Layer network, Map<ModelPart, LowRankUpdates> all) {
            if (expected.file().names().stream().noneMatch(name -> name.startsWith("start." + part.folder() + "."))) {
                return;
            }
            LowRankConfig config = new LowRankConfig(json.integer("rank"), json.number("alpha"), 0);
            LowRankUpdates own = new LowRankUpdates(
                    network, layer -> expected.has("start." + name(part, layer + ".lora_A.weight")), config);
            own.parameters().keySet().forEach(name -> own.assign(name, expected.get("start." + name(part, name))));
            own.makeTrainable();
            all.put(part, own);
        }

        /** The newest transformers leave out a prefix. */
        private String name(ModelPart part, String name) {
            String full = part.folder() + "." + name;
            return expected.has("start." + full) ? full : full.replace(".text_model.", ".");
        }

        private void train(DiffusionModel base, Map<String, Parameter> parameters) {
            OptimizerConfig config =
                    OptimizerConfig.DEFAULT.withRule(AdamWConfig.DEFAULT).withGradientCheckpointing(again);
            List<Double> losses = json.numbers("losses");
            try (Optimizer optimizer = new Optimizer(parameters, withoutClipping(config))) {
                optimizer.setLearningRate(json.number("learning_rate"));
                DiffusionStep step = step(base, optimizer);
                assertGradients(base, parameters);
                for (int i = 0; i < losses.size(); i++) {
                    float loss = step.step(batch(i), given(base, i)).update().loss();
                    assertClose("loss", new double[] {loss}, new double[] {losses.get(i)}, LOSS_TOLERANCE);
                }
            }
            parameters.forEach((name, value) -> assertWeight(name, value, losses.size()));
        }

        private static OptimizerConfig withoutClipping(OptimizerConfig config) {
            return new OptimizerConfig(
                    new GradientClipping(Double.POSITIVE_INFINITY),
                    config.rule(),
                    config.muon(),
                    config.slow(),
                    config.gradientCheckpointing(),
                    config.microBatch(),
                    config.states());
        }

        private static DiffusionStep step(DiffusionModel base, Optimizer optimizer) {
            DiffusionLoss loss = new DiffusionLoss(
                    base.sampler().process().schedule(),
                    base.sampler().process().prediction(),
                    new LossWeighting.Uniform());
            CaptionConditioning captions =
                    new CaptionConditioning(base.text().orElseThrow(), new PixelSize(64, 64), Precision.FP32);
            return new DiffusionStep(
                    new DiffusionNetworks(TrainingSpace.pixels(), base.unet(), captions),
                    new DiffusionObjective(
                            loss, new TimestepDistribution.Uniform(), Optional.empty(), new CaptionDropout(0)),
                    Precision.FP32,
                    optimizer);
        }

        /** Those of the first step, by an optimizer that does not move the weights. */
        private void assertGradients(DiffusionModel base, Map<String, Parameter> parameters) {
            Map<String, double[]> gradients = new LinkedHashMap<>();
            OptimizerConfig still = withoutClipping(OptimizerConfig.DEFAULT.withGradientCheckpointing(again));
            try (Optimizer optimizer = new Optimizer(parameters, still, name -> 1)) {
                DiffusionStep step = step(base, optimizer);
                step.step(batch(0), given(base, 0));
                optimizer.state().forEach((name, value) -> gradients.put(name, Reference.doubles(value)));
            }
            parameters.forEach((name, value) -> {
                double[] gradient = expected.numbers("grad." + name);
                double[] mean = gradients.get(name + ".exp_avg");
                assertThat(mean).as("states are " + gradients.keySet()).isNotNull();
                double[] scaled = new double[mean.length];
                IntStream.range(0, mean.length).forEach(i -> scaled[i] = mean[i] / (1 - 0.9));
                assertClose("gradient of " + name, scaled, gradient, TOLERANCE);
            });
        }

        private Given given(DiffusionModel base, int step) {
            return new Given(step, base.sampler().process().schedule().steps(), expected);
        }

        private Batch batch(int step) {
            NDArray latents = expected.get(step + ".x0");
            List<String> prompts = json.strings("prompts");
            List<DataItem> items = new ArrayList<>();
            for (int i = 0; i < prompts.size(); i++) {
                ImageEntry entry = new ImageEntry(Path.of("none"), List.of(prompts.get(i)), Map.of());
                items.add(new DataItem(entry, new Position(0, i), 0));
            }
            return Batch.ofPixels(latents, items, CaptionChoice.FIRST);
        }

        /** Adam divides a gradient by its own size: where it is no more than rounding, so is the step. */
        private void assertWeight(String name, Parameter value, int steps) {
            NDArray weight = expected.get("after" + steps + "." + name);
            NDArray gradient = expected.get("grad." + name);
            NDArray difference = value.value().sub(weight);
            NDArray determined = gradient.abs().gt(ROUNDING * largest(gradient));
            assertThat(largest(difference.mul(determined))).as(name).isLessThanOrEqualTo(TOLERANCE * largest(weight));
            assertThat(largest(difference)).as(name).isLessThan(json.number("learning_rate"));
        }

        private static double largest(NDArray x) {
            return x.abs().max().getFloat();
        }

        /** The file has the names and numbers of that which diffusers writes. */
        private void written(DiffusionModel base, Map<ModelPart, LowRankUpdates> updates, Path written) {
            Map<ModelPart, Map<String, LoraWeights.Factors>> factors = new EnumMap<>(ModelPart.class);
            updates.forEach((part, own) -> {
                Map<String, Parameter> up = own.up();
                Map<String, LoraWeights.Factors> layers = new LinkedHashMap<>();
                own.down()
                        .forEach((layer, down) -> layers.put(
                                layer,
                                new LoraWeights.Factors(
                                        down.value(), up.get(layer).value())));
                factors.put(part, layers);
            });
            new LoraWeights(factors, json.number("alpha"))
                    .write(written, LoraFormat.DIFFUSERS, Map.of(), base.manager());
            try (SafeTensors ours = SafeTensors.open(written);
                    SafeTensors theirs = SafeTensors.open(file.resolveSibling(LoraFormat.DIFFUSERS.file()))) {
                assertThat(ours.names()).containsExactlyInAnyOrderElementsOf(theirs.names());
            }
        }
    }

    /** The recorded noise and timesteps of a step in place of random ones. */
    private static final class Given implements RandomSource {

        private final int step;
        private final int steps;
        private final Tensors expected;
        private int asked;

        Given(int step, int steps, Tensors expected) {
            this.step = step;
            this.steps = steps;
            this.expected = expected;
        }

        @Override
        public NDArray normal(NDManager manager, Shape shape, DataType type) {
            return expected.get(step + ".noise");
        }

        /** The place of a timestep among all, in the middle of it. */
        @Override
        public double nextDouble() {
            double[] timesteps = expected.numbers(step + ".timesteps");
            return (timesteps[asked++ % timesteps.length] + 0.5) / steps;
        }

        @Override
        public long nextLong() {
            return 0;
        }
    }
}
