package io.percolate.pipeline.generation;

import static io.percolate.testing.Reference.assertClose;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.nn.engine.Gradients;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Guidance of editing and class-conditional models, written out in float64, against what the pipeline generates. */
class GuidanceEquationsTest extends FamilyEquations {

    private static final double IMAGE_SCALE = 1.5;
    private static final int[] TIMESTEPS = {750, 500, 250, 0};
    private static final Map<String, Object> EDITING = Map.of("in_channels", 8);

    private final InstructEditing task = new InstructEditing(image(), IMAGE_SCALE);

    /** Brooks et al. 2023, eq. 3, on latents of the image that are the posterior's mode and not scaled. */
    @Test
    void editingModelsAreGuidedTwice() {
        NDArray generated = generate(EDITING, task);
        assertEqual(generated, ddim(noise(), TIMESTEPS, (x, t) -> Predictions.of(this, x, t)
                .guided()));
    }

    /** Lin et al. 2024, section 3.4: phi of the standard deviation of the prediction that sees image and prompt. */
    @Test
    void editingHonoursGuidanceRescale() {
        NDArray generated = generate(EDITING, request -> request.task(task).guidanceRescale(0.7));
        Network network = (x, t) -> {
            Predictions predictions = Predictions.of(this, x, t);
            NDArray guided = predictions.guided();
            double ratio = deviation(predictions.both) / deviation(guided);
            return guided.mul(0.7 * ratio + 0.3);
        };
        assertEqual(generated, ddim(noise(), TIMESTEPS, network));
    }

    /** Kynkäänniemi et al. 2024: outside the interval, the prediction that sees image and prompt stands alone. */
    @Test
    void editingHonoursTheGuidanceInterval() {
        NDArray generated = generate(EDITING, request -> request.task(task).guidanceInterval(200, 600));
        Network network = (x, t) -> {
            Predictions predictions = Predictions.of(this, x, t);
            return t == 500 || t == 250 ? predictions.guided() : predictions.both;
        };
        assertEqual(generated, ddim(noise(), TIMESTEPS, network));
    }

    /** Ho and Salimans 2022, with the null class in place of the empty prompt. */
    @Test
    void classConditionalModelsAreGuidedAwayFromTheNullClass() {
        NDArray generated = generateClass("3");
        Network network = (x, t) -> {
            NDArray without = call(x, t, label(9));
            return without.add(call(x, t, label(3)).sub(without).mul(SCALE));
        };
        assertEqual(generated, ddim(noise(new Shape(1, 3, SIDE, SIDE)), TIMESTEPS, network));
    }

    private DenoiserInputs label(long label) {
        return DenoiserInputs.none().withClasses(manager.create(new long[] {label}));
    }

    private static double deviation(NDArray x) {
        double mean = x.mean().getDouble();
        return Math.sqrt(x.sub(mean).square().sum().getDouble() / (x.size() - 1));
    }

    private static void assertEqual(NDArray generated, NDArray expected) {
        assertClose(generated, expected.toType(DataType.FLOAT32, false), TOLERANCE);
    }

    /** What an editing model predicts from image and prompt, from the image alone, and from neither. */
    private record Predictions(NDArray both, NDArray image, NDArray neither) {

        static Predictions of(FamilyEquations model, NDArray x, int timestep) {
            NDArray seen = Gradients.off(() -> model.vae
                    .encode(model.pixels().toType(DataType.FLOAT32, false))
                    .mode()
                    .toType(DataType.FLOAT64, false));
            DenoiserInputs prompt = model.prompts.conditional();
            DenoiserInputs none = model.prompts.unconditional();
            return new Predictions(
                    model.call(x.concat(seen, 1), timestep, prompt),
                    model.call(x.concat(seen, 1), timestep, none),
                    model.call(x.concat(seen.zerosLike(), 1), timestep, none));
        }

        NDArray guided() {
            return neither.add(image.sub(neither).mul(IMAGE_SCALE))
                    .add(both.sub(image).mul(SCALE));
        }
    }
}
