package io.percolate.frameworks;

import ai.djl.repository.zoo.ModelZoo;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GenerationRequest;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A model zoo with one model, for DJL's {@code Criteria} of types {@link String} and {@link ai.djl.modality.cv.Image}.
 * Each model that is loaded from it opens a pipeline of its own, which is closed with the model.
 */
public final class DjlModelZoo extends ModelZoo {

    static final String GROUP = "io.percolate";

    /** The model that {@code pipeline} opens, with images as it likes them. */
    public DjlModelZoo(Supplier<Pipeline> pipeline) {
        this(pipeline, UnaryOperator.identity());
    }

    /** The same with {@code options}, such as {@code request -> request.steps(30)}. */
    public DjlModelZoo(Supplier<Pipeline> pipeline, UnaryOperator<GenerationRequest.Builder> options) {
        addModel(new DjlModelLoader(pipeline, options));
    }

    @Override
    public String getGroupId() {
        return GROUP;
    }

    @Override
    public Set<String> getSupportedEngines() {
        return Set.of("PyTorch");
    }
}
