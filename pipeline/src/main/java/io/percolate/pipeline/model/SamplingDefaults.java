package io.percolate.pipeline.model;

import io.percolate.diffusion.process.Prediction;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.pipeline.fewstep.FewSteps;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a model is sampled by requests that leave it open: as its files say, or else as its family is. */
final class SamplingDefaults {

    private static final Logger LOG = LoggerFactory.getLogger(SamplingDefaults.class);

    private final Path path;
    private final ModelConfigs configs;
    private final Optional<Prediction> prediction;
    private final FewSteps own;
    private final FewSteps added;

    SamplingDefaults(Path path, LoadOptions options, ModelConfigs configs) {
        this.path = path;
        this.configs = configs;
        prediction = options.sources().prediction();
        own = ModelDefaults.isIn(path) ? FewSteps.NONE : own();
        added = added(options);
    }

    /** What its own files tell. */
    private FewSteps own() {
        boolean guidanceEmbedding = unet().embedding().time().guidanceWidth().isPresent();
        return FewSteps.of(path, configs.sampler(), guidanceEmbedding);
    }

    /** What LoRAs and another denoiser make of it. */
    private static FewSteps added(LoadOptions options) {
        Stream<FewSteps> loras = Lora.fewSteps(options.adapters().loras());
        Stream<FewSteps> unet = options.sources().unet().stream().map(FewSteps::named);
        return FewSteps.strongest(Stream.concat(loras, unet));
    }

    private UNetConfig unet() {
        return configs.unet();
    }

    SamplerConfig sampler() {
        SamplerConfig config = added.sampler(own.sampler(configs.sampler()));
        return prediction
                .filter(chosen -> chosen != config.process().prediction())
                .map(config::with)
                .orElse(config);
    }

    /** What {@code percolate.json} says comes before what the model's configs and name do, and after what is added to it. */
    ModelDefaults defaults(int factor) {
        ModelDefaults defaults =
                ModelDefaults.read(path, usual(factor).with(own)).with(added);
        FewSteps few = defaults.fewSteps();
        if (few.isKnown()) {
            LOG.info(
                    "{}: sampler {}, {} steps, guidance scale {} unless a request says otherwise",
                    few,
                    sampler().kind(),
                    defaults.steps(),
                    defaults.guidanceScale());
        }
        return defaults;
    }

    /** What diffusers' pipelines do by default: 50 steps, guidance 7.5, for Stable Diffusion XL 5. */
    private ModelDefaults usual(int factor) {
        int side = unet().sampleSize().orElse(64) * factor;
        double guidanceScale = unet().pooledText().isPresent() ? 5 : 7.5;
        return new ModelDefaults(name(), side, side, 50, unet().takesContext() ? guidanceScale : 1);
    }

    /** That of the file or folder; the root of a file system has none. */
    private String name() {
        Path name = path.toAbsolutePath().normalize().getFileName();
        return name == null ? "model" : name.toString();
    }
}
