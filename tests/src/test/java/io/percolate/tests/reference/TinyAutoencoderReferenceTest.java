package io.percolate.tests.reference;

import static io.percolate.testing.Reference.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.percolate.files.JsonConfig;
import io.percolate.tests.reference.Suite.Tensors;
import io.percolate.vae.tiny.TinyAutoencoder;
import io.percolate.vae.tiny.TinyJson;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** One call of each half of a tiny autoencoder. */
class TinyAutoencoderReferenceTest {

    private static final double TOLERANCE = 1e-4;

    @TestFactory
    Stream<DynamicTest> tinyAutoencodersGiveTheNumbersOfDiffusers() {
        return Suite.find("*/vae/config.json").stream()
                .filter(TinyAutoencoderReferenceTest::isTiny)
                .map(config -> config.getParent().getParent())
                .map(model -> dynamicTest(
                        model.getFileName().toString(),
                        () -> Suite.with(model.resolve("expected.safetensors"), expected -> compare(model, expected))));
    }

    private static boolean isTiny(Path config) {
        return JsonConfig.read(config).string("_class_name", "").equals("AutoencoderTiny");
    }

    private static void compare(Path model, Tensors expected) {
        TinyAutoencoder vae = TinyAutoencoder.load(model.resolve("vae"), expected.manager());
        assertThat(TinyJson.read(TinyJson.write(vae.config()))).isEqualTo(vae.config());
        assertClose("latents", vae.encode(expected.get("image")), expected.get("latents"), TOLERANCE);
        assertClose("pixels", vae.decode(expected.get("z")), expected.get("decoded"), TOLERANCE);
    }
}
