package io.percolate.tests.faults;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.Pipeline;
import io.percolate.tests.TinyTraining;
import io.percolate.vae.AutoencoderKl;
import java.nio.file.Path;

/** A training that goes on in one JVM after another until its steps are taken. */
enum KilledTraining {
    VAE("diffusion_pytorch_model.safetensors", "held_out_reconstruction") {
        @Override
        void resume(TinyTraining training, Path run, int steps) {
            training.resumeVae(run, steps);
        }

        @Override
        void load(Path model) {
            try (NDManager manager = TorchEngine.newManager()) {
                AutoencoderKl.load(model, manager).close();
            }
        }
    },
    DIFFUSION("model_index.json", "held_out_loss_4") {
        @Override
        void resume(TinyTraining training, Path run, int steps) {
            training.resumeDiffusion(run, steps);
        }

        @Override
        void load(Path model) {
            Pipeline.load(model).close();
        }
    };

    /** What the program says when its first step is taken. */
    static final String BEGUN = "training";

    private final String lastFile;
    private final String validated;

    KilledTraining(String lastFile, String validated) {
        this.lastFile = lastFile;
        this.validated = validated;
    }

    /** Trains until {@code steps} steps are taken, from wherever {@code run} is. */
    abstract void resume(TinyTraining training, Path run, int steps);

    /** Fails unless {@code model} is whole. */
    abstract void load(Path model);

    /** The file of a model folder that is written last, when the folder is written for the first time. */
    String lastFile() {
        return lastFile;
    }

    /** What its log has of images that are held out. */
    String validated() {
        return validated;
    }

    /** Trains: which training, the folder of its data, the run folder, and the steps. */
    public static void main(String[] arguments) {
        System.out.println(BEGUN);
        valueOf(arguments[0])
                .resume(new TinyTraining(Path.of(arguments[1])), Path.of(arguments[2]), Integer.parseInt(arguments[3]));
    }
}
