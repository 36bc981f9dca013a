package io.percolate.frameworks;

import ai.djl.BaseModel;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Blocks;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.Pipeline;
import java.nio.file.Path;
import java.util.Map;

/** A pipeline as DJL's predictors hold a model; the {@link DjlTranslator} asks it for images. Closing it closes both. */
final class DjlModel extends BaseModel {

    private final Pipeline pipeline;

    DjlModel(Pipeline pipeline) {
        super("percolate");
        this.pipeline = pipeline;
        manager = TorchEngine.newManager(pipeline.device());
        block = Blocks.identityBlock();
        dataType = DataType.FLOAT32;
        wasLoaded = true;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    @Override
    public void load(Path folder, String prefix, Map<String, ?> options) {
        throw new UnsupportedOperationException("this model is loaded: give its zoo another pipeline");
    }

    @Override
    public void close() {
        pipeline.close();
        super.close();
    }
}
