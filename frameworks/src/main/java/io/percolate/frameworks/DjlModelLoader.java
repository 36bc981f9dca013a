package io.percolate.frameworks;

import ai.djl.Application;
import ai.djl.modality.cv.Image;
import ai.djl.repository.MRL;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelLoader;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.Translator;
import ai.djl.util.Progress;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GenerationRequest;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Opens a pipeline as a model of DJL; there is nothing to download. */
record DjlModelLoader(Supplier<Pipeline> pipeline, UnaryOperator<GenerationRequest.Builder> options)
        implements ModelLoader {

    @Override
    public String getGroupId() {
        return DjlModelZoo.GROUP;
    }

    @Override
    public String getArtifactId() {
        return "pipeline";
    }

    @Override
    public Application getApplication() {
        return Application.CV.IMAGE_GENERATION;
    }

    @Override
    public @Nullable MRL getMrl() {
        return null;
    }

    @Override
    @SuppressWarnings("unchecked") // the types are compared
    public <I, O> ZooModel<I, O> loadModel(Criteria<I, O> criteria) throws ModelNotFoundException {
        if (criteria.getInputClass() != String.class || criteria.getOutputClass() != Image.class) {
            throw new ModelNotFoundException("types " + criteria.getInputClass().getSimpleName() + " and "
                    + criteria.getOutputClass().getSimpleName() + ", but prompts become images: set String and Image");
        }
        DjlModel model = new DjlModel(pipeline.get());
        return new ZooModel<>(model, (Translator<I, O>) new DjlTranslator(model.pipeline(), options));
    }

    @Override
    public <I, O> boolean isDownloaded(Criteria<I, O> criteria) {
        return true;
    }

    @Override
    public <I, O> void downloadModel(Criteria<I, O> criteria, Progress progress) {}
}
