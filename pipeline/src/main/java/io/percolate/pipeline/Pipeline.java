package io.percolate.pipeline;

import ai.djl.Device;
import io.percolate.nn.engine.Precision;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationListener;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.model.DiffusionModel;
import io.percolate.pipeline.model.ImageCodec;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.pipeline.model.ModelDefaults;
import io.percolate.pipeline.model.ModelLoader;
import io.percolate.vae.AutoencoderKl;
import io.percolate.weights.EmbeddedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Images from prompts: what users hold.
 *
 * <pre>{@code
 * try (Pipeline pipeline = Pipeline.embedded()) {
 *     pipeline.generate("a red apple").save(Path.of("apple.png"));
 * }
 * }</pre>
 *
 * One pipeline may serve many threads: each request gives the same images as if it were alone. Closing it waits for
 * them and frees the weights.
 */
public interface Pipeline extends AutoCloseable {

    /** The small model that ships with Percolate, computing in float32. */
    static Pipeline embedded() {
        return load(EmbeddedModel.folder());
    }

    /**
     * Opens a model as it was downloaded: a folder in the layout of diffusers, or a single file ({@code .safetensors} or
     * {@code .ckpt}) of Stable Diffusion 1, 2 or XL.
     *
     * @throws io.percolate.files.ModelException if something is missing or not supported; the message names it
     */
    static Pipeline load(Path path) {
        return load(path, LoadOptions.DEFAULT);
    }

    /** Opens a model whose denoiser computes in {@code precision}. */
    static Pipeline load(Path path, Precision precision) {
        return load(path, LoadOptions.DEFAULT.withPrecision(precision));
    }

    /** Opens a model with choices about how. */
    static Pipeline load(Path path, LoadOptions options) {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(options, "options");
        return of(ModelLoader.load(path, options));
    }

    /** A pipeline of parts that the caller has put together; closing it closes them. */
    static Pipeline of(DiffusionModel model) {
        return new LoadedPipeline(Objects.requireNonNull(model, "model"));
    }

    /** The size, steps and guidance that a request gets unless it says otherwise. */
    ModelDefaults defaults();

    /** Whether the model follows a prompt. */
    boolean takesText();

    /** Where the model computes. */
    Device device();

    /** Between pixels and what the model denoises; an autoencoder in it stays this pipeline's. */
    ImageCodec codec();

    /** The autoencoder, if the model works on latents; it stays this pipeline's. */
    default Optional<AutoencoderKl> autoencoder() {
        return codec().autoencoder();
    }

    /** One image of {@code prompt}, with a random seed and the model's own choice of everything else. */
    default GeneratedImage generate(String prompt) {
        return generate(GenerationRequest.of(prompt).build()).get(0);
    }

    /** The images of {@code request}, prompt by prompt. */
    default List<GeneratedImage> generate(GenerationRequest request) {
        return generate(request, GenerationListener.NONE);
    }

    /**
     * The images of {@code request}, prompt by prompt, watched by {@code listener}, who gets each as soon as it is
     * finished: a batch is decoded before the next one is begun. {@link Thread#interrupt} on the generating thread ends
     * the generation after the step under way, and leaves the thread interrupted.
     *
     * @throws IllegalArgumentException if the model cannot do what is asked; the message says what it can
     * @throws io.percolate.files.CancelledException if the listener cancels, or the thread is interrupted
     * @throws io.percolate.files.OutOfMemoryException if native memory, or that of the GPU, is not enough
     * @throws IllegalStateException if this pipeline is closed
     */
    List<GeneratedImage> generate(GenerationRequest request, GenerationListener listener);

    /** Waits for the generations that are under way, and frees the weights; closing twice does nothing more. */
    @Override
    void close();
}
