package io.percolate.pipeline.score;

import io.percolate.pipeline.model.DiffusionModel;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.pipeline.model.ModelLoader;
import io.percolate.testing.Reference;

/** A latent model whose network always predicts the velocity 0: exactly right if latents are standard normal. */
final class NormalModel {

    /** Height and width of its images. */
    static final int SIDE = 64;

    private NormalModel() {}

    static DiffusionModel load() {
        DiffusionModel model = ModelLoader.load(Reference.path("sd2-tiny"), LoadOptions.DEFAULT.withGradients());
        for (String name : new String[] {"conv_out.weight", "conv_out.bias"}) {
            model.unet()
                    .assign(name, model.manager().zeros(model.unet().shapes().get(name)));
        }
        return model;
    }
}
