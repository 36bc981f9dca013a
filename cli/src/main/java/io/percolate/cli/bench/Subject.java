package io.percolate.cli.bench;

/** What is measured. */
public enum Subject {
    /** One prediction of the denoiser; two samples are what guidance takes. */
    UNET(2, 1) {
        @Override
        Workload workload(ModelShape shape, Setting setting) {
            return new UNetPrediction(shape.unet(), inputs(setting));
        }
    },
    /** Decoding latents into images. */
    VAE(1, 1) {
        @Override
        Workload workload(ModelShape shape, Setting setting) {
            return new Decoding(shape.decoder(), inputs(setting));
        }
    },
    /** Encoding prompts; two are what guidance takes. */
    TEXT(2, 1) {
        @Override
        Workload workload(ModelShape shape, Setting setting) {
            if (setting.latent().isPresent()) {
                throw new IllegalArgumentException(
                        "latents of " + setting.latent().get() + ", but a text encoder reads prompts: leave them out");
            }
            return new TextEncoding(shape.text(), inputs(setting));
        }
    },
    /** An optimisation step of the denoiser, or of the autoencoder if the shape is one's. */
    TRAIN(16, 3) {
        @Override
        Workload workload(ModelShape shape, Setting setting) {
            return shape.isAutoencoder()
                    ? new VaeTraining(shape.vae(), inputs(setting), setting.gradientCheckpointing())
                    : new UNetTraining(shape.unet(), inputs(setting), setting.gradientCheckpointing());
        }
    },
    /** An optimisation step of the autoencoder. */
    TRAIN_VAE(16, 3) {
        @Override
        Workload workload(ModelShape shape, Setting setting) {
            return new VaeTraining(shape.vae(), inputs(setting), setting.gradientCheckpointing());
        }
    };

    private final int usualBatch;
    private final int passes;

    Subject(int usualBatch, int passes) {
        this.usualBatch = usualBatch;
        this.passes = passes;
    }

    /** Builds the network with random weights, and its input. */
    abstract Workload workload(ModelShape shape, Setting setting);

    /** Forward passes that a step costs: the gradients of inputs and of weights take as much as one each. */
    int passes() {
        return passes;
    }

    Inputs inputs(Setting setting) {
        return new Inputs(setting.precision(), setting.batch().orElse(usualBatch), setting.latent());
    }
}
