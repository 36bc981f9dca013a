package io.percolate.pipeline.model;

import io.percolate.files.JsonConfig;
import io.percolate.nn.layers.Layer;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.VaeConfig;
import io.percolate.vae.VaeJson;
import io.percolate.vae.tiny.TinyAutoencoder;
import io.percolate.vae.tiny.TinyConfig;
import io.percolate.vae.tiny.TinyJson;
import java.util.function.Consumer;

/** The shape of a model's autoencoder, of whichever kind. */
public sealed interface CodecConfig {

    /** The shape in a published {@code config.json}, whose class tells the kind. */
    static CodecConfig read(JsonConfig json) {
        return json.string("_class_name", "").equals(TinyJson.CLASS)
                ? new Tiny(TinyJson.read(json))
                : new Kl(VaeJson.read(json));
    }

    /** Channels of its latents. */
    int latentChannels();

    /** Height and width of the latents of the images that it is for. */
    int latentSide();

    /** As it is published. */
    JsonConfig json();

    /** A network of this shape without values. */
    Layer network();

    /** The codec of a network of this shape after {@code fill} gave it its values. */
    ImageCodec codec(Consumer<Layer> fill);

    /** With a posterior. */
    record Kl(VaeConfig config) implements CodecConfig {

        @Override
        public int latentChannels() {
            return config.latentChannels();
        }

        @Override
        public int latentSide() {
            return config.sampleSize() / config.downsamplingFactor();
        }

        @Override
        public JsonConfig json() {
            return VaeJson.write(config);
        }

        @Override
        public AutoencoderKl network() {
            return new AutoencoderKl(config);
        }

        @Override
        public ImageCodec codec(Consumer<Layer> fill) {
            AutoencoderKl vae = network();
            fill.accept(vae);
            return new ImageCodec.Autoencoder(vae);
        }
    }

    /** A small imitation of such a one. */
    record Tiny(TinyConfig config) implements CodecConfig {

        @Override
        public int latentChannels() {
            return config.channels().latent();
        }

        /** A published config does not tell: that of Stable Diffusion. */
        @Override
        public int latentSide() {
            return 64;
        }

        @Override
        public JsonConfig json() {
            return TinyJson.write(config);
        }

        @Override
        public TinyAutoencoder network() {
            return new TinyAutoencoder(config);
        }

        @Override
        public ImageCodec codec(Consumer<Layer> fill) {
            TinyAutoencoder vae = network();
            fill.accept(vae);
            return new ImageCodec.Tiny(vae);
        }
    }
}
