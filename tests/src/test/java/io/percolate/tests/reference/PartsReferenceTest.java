package io.percolate.tests.reference;

import static io.percolate.testing.Reference.assertClose;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.ndarray.NDArray;
import io.percolate.conditioning.encoder.ClipTextEncoder;
import io.percolate.conditioning.encoder.TextStates;
import io.percolate.conditioning.prompts.PromptEmbeddings;
import io.percolate.conditioning.prompts.StableDiffusionXlText;
import io.percolate.conditioning.prompts.TextConditioner;
import io.percolate.conditioning.prompts.TextOptions;
import io.percolate.conditioning.prompts.TextTower;
import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.published.UNetFiles;
import io.percolate.nn.engine.Precision;
import io.percolate.tests.reference.Suite.Tensors;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.LatentDistribution;
import io.percolate.weights.safetensors.SafeTensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** One call of each part of a model. */
class PartsReferenceTest {

    private static final double TOLERANCE = 1e-4;

    /** What to test, by a tensor whose presence says that a file has it. */
    private static final Map<String, BiConsumer<Path, Tensors>> PARTS = new LinkedHashMap<>();

    static {
        PARTS.put("text.last_hidden_state", PartsReferenceTest::textEncoder);
        PARTS.put("prompt_embeds", PartsReferenceTest::promptEmbeddings);
        PARTS.put("unet.out", PartsReferenceTest::unet);
        PARTS.put("vae.mean", PartsReferenceTest::encoder);
        PARTS.put("vae.decoded", PartsReferenceTest::decoder);
    }

    @TestFactory
    Stream<DynamicTest> partsGiveTheNumbersOfDiffusers() {
        return Suite.find("*/expected_parts.safetensors").stream().flatMap(PartsReferenceTest::parts);
    }

    private static Stream<DynamicTest> parts(Path file) {
        List<String> present;
        try (SafeTensors tensors = SafeTensors.open(file)) {
            present = PARTS.keySet().stream().filter(tensors::has).toList();
        }
        Path model = file.getParent();
        return present.stream()
                .map(part -> dynamicTest(
                        model.getFileName() + " " + part,
                        () -> Suite.with(file, expected -> PARTS.get(part).accept(model, expected))));
    }

    private static void textEncoder(Path model, Tensors expected) {
        ClipTextEncoder encoder = ClipTextEncoder.load(model.resolve("text_encoder"), expected.manager());
        TextStates states = encoder.forward(expected.get("text.input_ids"), Precision.FP32);
        assertClose("last state", states.last(), expected.get("text.last_hidden_state"), TOLERANCE);
        assertClose("pooled state", states.pooled(), expected.get("text.pooler_output"), TOLERANCE);
        NDArray penultimate = encoder.normalise(states.hidden(1));
        assertClose("penultimate state", penultimate, expected.get("text.penultimate_normed"), TOLERANCE);
    }

    private static void promptEmbeddings(Path model, Tensors expected) {
        PipelineCase request = PipelineCase.of(model).get(0);
        List<TextTower> towers = new ArrayList<>();
        for (String suffix : List.of("", "_2")) {
            towers.add(TextTower.load(
                    model.resolve("tokenizer" + suffix), model.resolve("text_encoder" + suffix), expected.manager()));
        }
        try (TextConditioner text = new StableDiffusionXlText(towers, true, expected.manager())) {
            PromptEmbeddings guided = text.encode(request.prompts(), request.negativePrompts(), TextOptions.of(64, 64));
            assertClose("context", guided.conditional().context(), expected.get("prompt_embeds"), TOLERANCE);
            assertClose("pooled state", guided.conditional().pooled(), expected.get("pooled"), TOLERANCE);
            NDArray negative = guided.unconditional().context();
            assertClose("negative context", negative, expected.get("negative_prompt_embeds"), TOLERANCE);
            NDArray negativePooled = guided.unconditional().pooled();
            assertClose("negative pooled state", negativePooled, expected.get("negative_pooled"), TOLERANCE);
        }
    }

    private static void unet(Path model, Tensors expected) {
        UNet unet = UNetFiles.load(model.resolve("unet"), expected.manager());
        NDArray context = expected.has("unet.context") ? expected.get("unet.context") : null;
        NDArray out = unet.forward(expected.get("unet.sample"), expected.get("unet.timestep"), context);
        assertClose("prediction", out, expected.get("unet.out"), TOLERANCE);
    }

    private static void encoder(Path model, Tensors expected) {
        AutoencoderKl vae = AutoencoderKl.load(model.resolve("vae"), expected.manager());
        LatentDistribution posterior = vae.encode(expected.get("vae.image"));
        assertClose("mean", posterior.mean(), expected.get("vae.mean"), TOLERANCE);
        assertClose("log-variance", posterior.logvar(), expected.get("vae.logvar"), TOLERANCE);
        assertClose("divergence", posterior.kl(), expected.get("vae.kl"), TOLERANCE);
    }

    private static void decoder(Path model, Tensors expected) {
        AutoencoderKl vae = AutoencoderKl.load(model.resolve("vae"), expected.manager());
        assertClose("pixels", vae.decode(expected.get("vae.latent")), expected.get("vae.decoded"), TOLERANCE);
    }
}
