package io.percolate.pipeline.training.tuning;

import io.percolate.conditioning.prompts.CaptionDropout;
import io.percolate.diffusion.process.BoundaryCondition;
import io.percolate.diffusion.samplers.Lcm;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.diffusion.unet.published.UNetFiles;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.optim.Optimizer;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.model.ModelDefaults;
import io.percolate.pipeline.model.ModelIndex;
import io.percolate.pipeline.training.DiffusionNetworks;
import io.percolate.pipeline.training.DiffusionObjective;
import io.percolate.pipeline.training.Learning;
import io.percolate.pipeline.training.consistency.ConsistencyObjective;
import io.percolate.pipeline.training.consistency.ConsistencyObjective.GuidanceRange;
import io.percolate.pipeline.training.consistency.ConsistencyStep;
import io.percolate.pipeline.training.consistency.SolverSteps;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.tensors.ElementType;
import java.nio.file.Path;
import java.util.Map;

/** A denoiser in training that begins as the base's, is told the guidance scale, and learns to take a few steps. */
final class ConsistencyAdaptation implements Adaptation {

    /** Steps of images that leave it open. */
    private static final int STEPS = 4;

    /** Of the guidance scale's embedding, as published. */
    private static final int GUIDANCE_WIDTH = 256;

    private final ConsistencyPlan plan;
    private final BaseModel base;
    private final BaseSource source;
    private final UNet student;
    private final ModelDefaults defaults;

    ConsistencyAdaptation(ConsistencyPlan plan, BaseModel base, BaseSource source, TuningFacts facts) {
        this.plan = plan;
        this.base = base;
        this.source = source;
        requireGuided(base);
        defaults = base.defaults(facts.side(), STEPS);
        student = new UNet(base.unet().config().withGuidanceWidth(GUIDANCE_WIDTH));
        student.initialise(base.manager(), facts.seed());
        base.copyDenoiserTo(student);
        ignoreGuidance();
        student.makeTrainable();
    }

    private static void requireGuided(BaseModel base) {
        UNetConfig unet = base.unet().config();
        if (base.text().isEmpty()) {
            throw new IllegalArgumentException(
                    base.name()
                            + ": this model is told no captions, and what is distilled is its guidance by them: take one that is");
        }
        if (unet.embedding().time().guidanceWidth().isPresent()) {
            throw new IllegalArgumentException(
                    base.name() + ": this is a latent consistency model already: give the one it was distilled from");
        }
    }

    /** What only the student has begins with zeros: as the base's denoiser, whatever the guidance scale is. */
    private void ignoreGuidance() {
        Map<String, Parameter> known = base.unet().parameters();
        student.parameters().forEach((name, parameter) -> {
            if (!known.containsKey(name)) {
                student.assign(name, parameter.value().zerosLike());
            }
        });
    }

    @Override
    public Map<String, Parameter> parameters() {
        return base.used(Map.of(ModelPart.UNET, student));
    }

    @Override
    public Learning learning(
            DiffusionNetworks networks, DiffusionObjective objective, Precision precision, Optimizer optimizer) {
        return new ConsistencyStep(networks, student, objective(objective.captionDropout()), precision, optimizer);
    }

    private ConsistencyObjective objective(CaptionDropout dropout) {
        GuidanceRange range = plan.guidance().orElseGet(() -> new GuidanceRange(1, 2 * defaults.guidanceScale()));
        SolverSteps steps = new SolverSteps(base.process().trainSteps(), plan.solverSteps());
        return new ConsistencyObjective(base.process(), steps, range, dropout, plan.huberWidth());
    }

    @Override
    public Pipeline sampled(BaseModel model, int side) {
        return model.pipeline(student, sampler(), defaults);
    }

    @Override
    public int sampleSteps(int usual) {
        return Math.min(usual, STEPS);
    }

    private SamplerConfig sampler() {
        return base.sampler()
                .with(SamplerKind.LCM)
                .with(new Lcm(plan.solverSteps(), BoundaryCondition.PUBLISHED.timestepScaling()));
    }

    /** Writes the whole model; what does not change, only the first time. */
    @Override
    public void save(Path folder, long steps) {
        source.writeOnce(folder);
        UNetFiles.save(student, folder.resolve("unet"), ElementType.F32);
        ModelIndex.resample(folder, sampler());
        defaults.write(folder);
    }

    @Override
    public void close() {
        student.close();
    }
}
