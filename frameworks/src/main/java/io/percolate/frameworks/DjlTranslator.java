package io.percolate.frameworks;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.ndarray.NDList;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GenerationRequest;
import java.util.function.UnaryOperator;

/** From a prompt to its image. What a predictor calls the forward step has nothing to do here. */
record DjlTranslator(Pipeline pipeline, UnaryOperator<GenerationRequest.Builder> options)
        implements NoBatchifyTranslator<String, Image> {

    private static final String PROMPT = "prompt";

    @Override
    public NDList processInput(TranslatorContext context, String prompt) {
        context.setAttachment(PROMPT, prompt);
        return new NDList();
    }

    @Override
    public Image processOutput(TranslatorContext context, NDList nothing) {
        GenerationRequest.Builder request = GenerationRequest.of((String) context.getAttachment(PROMPT));
        return ImageFactory.getInstance()
                .fromImage(
                        pipeline.generate(options.apply(request).build()).get(0).image());
    }
}
