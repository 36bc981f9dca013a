package io.percolate.pipeline.training.tuning;

import io.percolate.diffusion.unet.published.UNetFiles;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.layers.Parameter;
import io.percolate.weights.tensors.ElementType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A denoiser in training, beside text encoders and an autoencoder that stay as they are. */
final class WholeAdaptation implements Adaptation {

    private final BaseModel base;
    private final BaseSource source;

    WholeAdaptation(BaseModel base, BaseSource source) {
        this.base = base;
        this.source = source;
        base.unet().makeFrozen(Precision.FP32); // small steps are lost in fewer bits
        base.unet().makeTrainable();
    }

    @Override
    public Map<String, Parameter> parameters() {
        Map<String, Parameter> all = new LinkedHashMap<>();
        base.unet().parameters().forEach((name, parameter) -> all.put("unet." + name, parameter));
        return all;
    }

    /** Writes the whole model; what does not change, only the first time. */
    @Override
    public void save(Path folder, long steps) {
        if (!Files.exists(folder.resolve("model_index.json"))) {
            source.conversion().to(folder);
        }
        UNetFiles.save(base.unet(), folder.resolve("unet"), ElementType.F32);
    }

    @Override
    public void close() {}
}
