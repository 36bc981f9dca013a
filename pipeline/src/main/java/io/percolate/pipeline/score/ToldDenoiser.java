package io.percolate.pipeline.score;

import io.percolate.conditioning.prompts.TextOptions;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.unet.ClassLabels;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.nn.engine.TorchArray;
import io.percolate.pipeline.model.DiffusionModel;
import io.percolate.weights.layout.UNetInput;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The denoiser of a model that is told captions, without guidance: guided predictions are those of no distribution. A
 * model of classes is told the null class.
 *
 * @param model the model
 */
record ToldDenoiser(DiffusionModel model) {

    ToldDenoiser {
        if (model.input() != UNetInput.LATENTS) {
            throw new IllegalArgumentException("a denoiser of the kind " + model.input()
                    + " models changes of images: give a text-to-image model");
        }
        if (model.unet().config().embedding().time().guidanceWidth().isPresent()) {
            throw new IllegalArgumentException(
                    "this model was distilled with guidance and predicts no score: give the one it was distilled from");
        }
        if (isOfClasses(model) && model.defaults().nullClass().isEmpty()) {
            throw new IllegalArgumentException("a model of classes without a null class: if one of its classes stands"
                    + " for no class, name it as null_class in percolate.json");
        }
    }

    private static boolean isOfClasses(DiffusionModel model) {
        return model.text().isEmpty() && model.unet().config().classes() instanceof ClassLabels.Table;
    }

    /** As samplers and bounds take it, told one of {@code captions} for each image; owned by the scope around. */
    DenoisedPredictor of(List<String> captions) {
        DenoiserInputs inputs = inputs(captions);
        return model.sampler().predictor((x, timestep) -> model.predict(x, timestep, inputs));
    }

    private DenoiserInputs inputs(List<String> captions) {
        TextOptions options = TextOptions.of(
                        model.defaults().height(), model.defaults().width())
                .withPrecision(model.precision());
        return model.text().map(text -> text.encode(captions, options)).orElseGet(() -> classes(captions.size()));
    }

    private DenoiserInputs classes(int count) {
        if (!isOfClasses(model)) {
            return DenoiserInputs.none();
        }
        long[] labels = new long[count];
        Arrays.fill(labels, model.defaults().nullClass().getAsInt());
        return DenoiserInputs.none().withClasses(TorchArray.of(model.manager(), labels));
    }

    /** The same, told nothing about any image, or {@code prompt}. */
    DenoisedPredictor of(String prompt, int images) {
        return of(Collections.nCopies(images, prompt));
    }
}
