package io.percolate.pipeline.training.tuning;

import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.diffusion.unet.control.ControlNet;
import io.percolate.diffusion.unet.control.ControlNetConfig;
import io.percolate.diffusion.unet.published.ControlNetFiles;
import io.percolate.nn.layers.Parameter;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.control.Control;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.images.ImageGrid;
import io.percolate.pipeline.images.PixelSize;
import io.percolate.pipeline.model.LoadedControlNet;
import io.percolate.pipeline.training.Steering;
import io.percolate.pipeline.training.control.ControlImages;
import io.percolate.pipeline.training.control.ControlSteering;
import io.percolate.weights.tensors.ElementType;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ControlNet in training, which begins as a copy of the way down of a denoiser that stays as it is. */
final class ControlNetAdaptation implements Adaptation {

    private static final String NAME = "controlnet";
    private static final int COLUMNS = 8;

    private final BaseModel base;
    private final TuningFacts facts;
    private final ControlNet network;
    private final ControlImages images;

    ControlNetAdaptation(ControlNetPlan plan, BaseModel base, TuningFacts facts) {
        this.base = base;
        this.facts = facts;
        UNet unet = base.unet();
        if (unet.config().family() != UNetConfig.Family.CONTEXT) {
            throw new IllegalArgumentException(base.name()
                    + ": this model was trained without text, and ControlNets are for models that follow it: take one");
        }
        images = ControlImages.of(plan.preprocessor(), facts.dataset(), plan.controls());
        network = new ControlNet(
                ControlNetConfig.of(unet.config(), base.trainingSpace().codec().factor()));
        network.initialise(base.manager(), facts.seed());
        base.copyDenoiserTo(network); // what only a ControlNet has keeps its first values
        network.makeTrainable();
    }

    @Override
    public Map<String, Parameter> parameters() {
        Map<String, Parameter> all = new LinkedHashMap<>();
        network.parameters().forEach((name, parameter) -> all.put(NAME + "." + name, parameter));
        return all;
    }

    @Override
    public Steering steering() {
        return new ControlSteering(network, images);
    }

    /** Control images from all over the data set, and beside each what is generated under it. */
    @Override
    public Optional<BufferedImage> sample(int count, int steps) {
        Pipeline pipeline = base.pipeline(facts.side(), List.of(new LoadedControlNet(NAME, network)));
        ImageDataset dataset = facts.dataset();
        List<BufferedImage> pairs = new ArrayList<>();
        for (int i = 0; i < Math.min(count, dataset.size()); i++) {
            ImageEntry entry = dataset.entries().get(i * dataset.size() / Math.min(count, dataset.size()));
            BufferedImage control = images.of(entry, new PixelSize(facts.side(), facts.side()));
            pairs.add(control);
            pairs.add(pipeline.generate(GenerationRequest.of(entry.caption())
                            .steps(steps)
                            .seed(i)
                            .control(Control.of(control))
                            .build())
                    .get(0)
                    .image());
        }
        return Optional.of(new ImageGrid(COLUMNS, 4).draw(pairs, List.of()));
    }

    @Override
    public void save(Path folder, long steps) {
        ControlNetFiles.save(network, folder.resolve(NAME), ElementType.F32);
    }

    @Override
    public void close() {
        network.close();
    }
}
