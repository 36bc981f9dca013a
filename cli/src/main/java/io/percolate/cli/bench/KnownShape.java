package io.percolate.cli.bench;

import io.percolate.conditioning.encoder.TextEncoderConfig;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.vae.VaeConfig;
import java.util.Locale;
import java.util.function.Supplier;

/** The published models, and the embedded one. */
enum KnownShape implements ModelShape {
    SD15(UNetConfig::stableDiffusion1, VaeConfig::stableDiffusion, TextEncoderConfig::clipL),
    SD21(UNetConfig::stableDiffusion2, VaeConfig::stableDiffusion, TextEncoderConfig::openClipH),
    SDXL(UNetConfig::stableDiffusionXl, VaeConfig::stableDiffusionXl, TextEncoderConfig::openClipG),
    EMBEDDED(() -> embedded().unet(), () -> VaeRecipe.embedded().vae(), () -> embedded()
            .textEncoder());

    private final Supplier<UNetConfig> unet;
    private final Supplier<VaeConfig> vae;
    private final Supplier<TextEncoderConfig> text;

    KnownShape(Supplier<UNetConfig> unet, Supplier<VaeConfig> vae, Supplier<TextEncoderConfig> text) {
        this.unet = unet;
        this.vae = vae;
        this.text = text;
    }

    private static DiffusionRecipe embedded() {
        return DiffusionRecipe.embedded(VaeRecipe.embedded().vae());
    }

    @Override
    public UNetConfig unet() {
        return unet.get();
    }

    @Override
    public VaeConfig vae() {
        return vae.get();
    }

    @Override
    public TextEncoderConfig text() {
        return text.get();
    }

    @Override
    public boolean isAutoencoder() {
        return false;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
