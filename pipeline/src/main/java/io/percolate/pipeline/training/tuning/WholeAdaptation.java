package io.percolate.pipeline.training.tuning;

import io.percolate.diffusion.unet.published.UNetFiles;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.Parameter;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.tensors.ElementType;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** A denoiser in training, perhaps with its text encoders, beside an autoencoder that stays as it is. */
final class WholeAdaptation implements Adaptation {

    private final WholePlan plan;
    private final BaseModel base;
    private final BaseSource source;
    private final Map<ModelPart, Layer> trained = new EnumMap<>(ModelPart.class);

    WholeAdaptation(WholePlan plan, BaseModel base, BaseSource source) {
        this.plan = plan;
        this.base = base;
        this.source = source;
        trained.put(ModelPart.UNET, base.unet());
        if (plan.text()) {
            base.requireText();
            trained.putAll(base.encoders());
        }
        trained.values().forEach(network -> {
            network.makeFrozen(Precision.FP32); // small steps are lost in fewer bits
            network.makeTrainable();
        });
    }

    @Override
    public Map<String, Parameter> parameters() {
        return base.used(trained);
    }

    @Override
    public double ratio(String parameter) {
        return Adaptation.ratio(parameter, plan.textRatio());
    }

    @Override
    public boolean changesText() {
        return plan.text();
    }

    /** Writes the whole model; what does not change, only the first time. */
    @Override
    public void save(Path folder, long steps) {
        source.writeOnce(folder);
        UNetFiles.save(base.unet(), folder.resolve("unet"), ElementType.F32);
        if (plan.text()) {
            base.encoders().forEach((part, encoder) -> encoder.save(folder.resolve(part.folder()), ElementType.F32));
        }
    }

    @Override
    public void close() {}
}
