package io.percolate.pipeline.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.conditioning.guidance.ClassifierFreeGuidance;
import io.percolate.conditioning.guidance.Guidance;
import io.percolate.conditioning.prompts.PromptEmbeddings;
import io.percolate.diffusion.process.Denoiser;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.steps.Steps;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.random.NoiseSource;
import io.percolate.pipeline.control.ControlledNetwork;
import io.percolate.pipeline.model.DiffusionModel;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request on its way from prompts and noise to images, as many at a time as it allows. */
public final class Generation {

    private static final Logger LOG = LoggerFactory.getLogger(Generation.class);

    private final DiffusionModel model;
    private final ResolvedRequest request;
    private final SamplerConfig config;
    private final PromptEncoder promptEncoder;
    private final Guidance guidance;
    private final NDManager manager;
    private final GenerationResults results;

    /** Fails if the model cannot make what is asked for. */
    public Generation(DiffusionModel model, GenerationRequest request, GenerationListener listener, NDManager manager) {
        this.model = model;
        this.request = ResolvedRequest.of(model, request);
        this.request.warnings().forEach(LOG::warn);
        this.manager = manager;
        config = this.request.sampler();
        promptEncoder = PromptEncoder.of(model);
        guidance = promptEncoder.guidance(this.request.guidance());
        results = new GenerationResults(this.request, listener);
    }

    /** Prompts to context, noise to latents, latents to pixels: each batch is finished before the next one begins. */
    public List<GeneratedImage> run() {
        List<Batch> batches = batches();
        results.started(batches.stream().map(batch -> batch.task.noise()).toList());
        PromptEmbeddings prompts = promptEncoder.encode(request, manager);
        for (Batch batch : batches) {
            PreparedTask task = batch.task;
            NDArray latents = model.use(() -> Scope.keep(() -> {
                PromptEmbeddings rows = prompts.rows(batch.first, batch.end);
                Steps planned = task.steps(config, request.steps());
                ControlledNetwork network = request.network(planned, manager);
                Denoiser denoiser = ClassifierFreeGuidance.of(task.adapt(network, guidance), rows, guidance);
                Steps steps = planned.observedBy(network.and(results::stepped));
                NDArray initial = task.initialLatents(config, steps);
                return task.keepKnown(config.sampler()
                        .sample(task.keepKnown(config.predictor(denoiser)), initial, steps, batch::noise));
            }));
            results.keep(latents);
            model.codec().decodeEach(latents, results::add);
        }
        return results.finished();
    }

    /** Images number {@code first} up to {@code end}; {@code random} is where the noise of the steps comes from. */
    private record Batch(int first, int end, PreparedTask task, NoiseSource random) {

        NDArray noise(int index, NDArray like) {
            return random.normal(like);
        }
    }

    private List<Batch> batches() {
        List<Batch> batches = new ArrayList<>();
        int size = request.request().images().batchLimit();
        for (int first = 0; first < request.imageCount(); first += size) {
            batches.add(batch(first, Math.min(first + size, request.imageCount())));
        }
        return batches;
    }

    private Batch batch(int first, int end) {
        NoiseSource random = NoiseSource.perImage(request.seeds(first, end));
        TaskEncoder encoder = new TaskEncoder(request, first, end, random, manager);
        return new Batch(first, end, request.request().task().prepare(encoder), random);
    }
}
