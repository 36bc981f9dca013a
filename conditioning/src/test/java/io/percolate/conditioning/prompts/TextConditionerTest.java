package io.percolate.conditioning.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.conditioning.encoder.ClipTextEncoder;
import io.percolate.conditioning.tokenizer.ClipTokenizer;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.testing.Reference;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.StateDict;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TextConditionerTest {

    private static final TextOptions OPTIONS = TextOptions.of(64, 96);

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = TorchEngine.newManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void xlConditionsAreThoseOfDiffusers() {
        JsonConfig request = JsonConfig.read(Reference.path("sdxl-tiny/expected_euler.json"));
        try (TextConditioner text = xl(true);
                StateDict expected = SafeTensors.open(Reference.path("sdxl-tiny/expected_parts.safetensors"))) {
            PromptEmbeddings guided = Gradients.off(
                    () -> text.encode(request.strings("prompt"), request.strings("negative_prompt"), OPTIONS));
            assertClose(guided.conditional().context(), expected, "prompt_embeds");
            assertClose(guided.conditional().pooled(), expected, "pooled");
            assertClose(guided.unconditional().context(), expected, "negative_prompt_embeds");
            assertClose(guided.unconditional().pooled(), expected, "negative_pooled");
            assertThat(guided.conditional().sizes().toFloatArray()).containsExactly(64, 96, 0, 0, 64, 96);
        }
    }

    @Test
    void absentNegativePromptIsZerosInXlAndTheEmptyPromptOtherwise() {
        try (TextConditioner xl = xl(true);
                TextConditioner small = xl(false);
                TextConditioner sd = sd("sd1-tiny")) {
            DenoiserInputs zeros = guide(xl, List.of("a"), List.of()).unconditional();
            assertThat(zeros.context().abs().max().getFloat()).isZero();
            assertThat(zeros.pooled().abs().max().getFloat()).isZero();
            assertThat(guide(small, List.of("a"), List.of()).unconditional().context())
                    .isEqualTo(guide(small, List.of("a"), List.of(""))
                            .unconditional()
                            .context());
            assertThat(guide(sd, List.of("a"), List.of()).unconditional().context())
                    .isEqualTo(
                            guide(sd, List.of("a"), List.of("")).unconditional().context());
        }
    }

    @Test
    void modelWithOnlyTheSecondEncoderIsXl() {
        try (TextConditioner both = xl(true);
                TextTower second = tower("sdxl-tiny", "_2")) {
            StableDiffusionXlText alone = new StableDiffusionXlText(List.of(second), false, manager);
            DenoiserInputs inputs = Gradients.off(() -> alone.encode(List.of("a cat"), OPTIONS));
            DenoiserInputs ofBoth = Gradients.off(() -> both.encode(List.of("a cat"), OPTIONS));
            assertThat(inputs.context()).isEqualTo(ofBoth.context().get(":, :, 32:"));
            assertThat(inputs.pooled()).isEqualTo(ofBoth.pooled());
        }
    }

    @Test
    void encoderWithoutProjectionCannotBeXlsLast() {
        try (TextTower first = tower("sdxl-tiny", "")) {
            assertThatThrownBy(() -> new StableDiffusionXlText(List.of(first), true, manager))
                    .hasMessageContaining("projection");
        }
    }

    @Test
    void clipSkipTakesEarlierStatesThroughTheFinalNorm() {
        try (StableDiffusionText text = sd("sd2-tiny")) {
            NDArray context = Gradients.off(() -> text.encode(List.of("a cat"), OPTIONS.withClipSkip(1)))
                    .context();
            ClipTextEncoder encoder = text.tower().encoder();
            NDArray ids = text.tower().tokenizer().encode(List.of("a cat"), manager);
            NDArray expected = Gradients.off(
                    () -> encoder.normalise(encoder.forward(ids, Precision.FP32).hidden(1)));
            Reference.assertClose(context, expected, Reference.CALL_TOLERANCE);
            assertThatThrownBy(() -> text.encode(List.of("a"), OPTIONS.withClipSkip(9)))
                    .hasMessageContaining("cannot skip 9 of 4 layers");
        }
    }

    @Test
    void longPromptsAreReadInChunksAndShortOnesFilledUp() {
        try (StableDiffusionText text = sd("sd1-tiny")) {
            TextOptions chunked = OPTIONS.withSyntax(PromptSyntax.WEIGHTED);
            PromptEmbeddings guided =
                    Gradients.off(() -> text.encode(List.of("a cat BREAK a dog"), List.of("bad"), chunked));
            NDArray context = guided.conditional().context();
            assertThat(context.getShape()).isEqualTo(new Shape(1, 2 * 77, 32));
            Reference.assertClose(context.get(":, :77"), plain(text, "a cat"), Reference.CALL_TOLERANCE);
            Reference.assertClose(context.get(":, 77:"), plain(text, "a dog"), Reference.CALL_TOLERANCE);
            Reference.assertClose(
                    guided.unconditional().context().get(":, :77"), plain(text, "bad"), Reference.CALL_TOLERANCE);
            Reference.assertClose(
                    guided.unconditional().context().get(":, 77:"), plain(text, ""), Reference.CALL_TOLERANCE);
        }
    }

    @Test
    void weightsScaleTheirTokensAndKeepTheMean() {
        try (StableDiffusionText text = sd("sd1-tiny")) {
            NDArray plain = plain(text, "a cat");
            NDArray weighted = Gradients.off(
                            () -> text.encode(List.of("a (cat:2)"), OPTIONS.withSyntax(PromptSyntax.WEIGHTED)))
                    .context();
            NDArray ratio = weighted.div(plain);
            assertThat(weighted.mean().getFloat() / plain.mean().getFloat()).isCloseTo(1, within(1e-4f));
            assertThat(ratio.getFloat(0, 2, 0) / ratio.getFloat(0, 1, 0)).isCloseTo(2, within(1e-4f));
        }
    }

    @Test
    void gradientsReachTheEncoderThroughTheConditions() {
        try (TextTower second = tower("sdxl-tiny", "_2")) {
            second.encoder().makeTrainable();
            StableDiffusionXlText text = new StableDiffusionXlText(List.of(second), false, manager);
            Gradients.backward(Gradients.on(() -> {
                DenoiserInputs inputs = text.encode(List.of("a cat", "dog"), OPTIONS.withPrecision(Precision.BF16));
                return inputs.context().square().sum().add(inputs.pooled().sum());
            }));
            try (NDArray gradient = Gradients.of(second.encoder()
                    .parameters()
                    .get("text_model.embeddings.token_embedding.weight")
                    .value())) {
                assertThat(gradient.abs().sum().getFloat()).isPositive();
            }
        }
    }

    @Test
    void encodingLeavesOnlyTheConditions() {
        try (TextConditioner text = xl(true)) {
            int before = manager.getManagedArrays().size();
            PromptEmbeddings guided = guide(text, List.of("a", "(b:1.2)"), List.of("c"));
            assertThat(manager.getManagedArrays()).hasSize(before + 2 * 3);
            assertThat(guided.conditional().context().getShape().get(0)).isEqualTo(2);
            Scope.run(() -> guide(text, List.of("a"), List.of()));
            assertThat(manager.getManagedArrays()).hasSize(before + 2 * 3);
        }
    }

    @Test
    void tokenizerOfAnotherModelIsRefused() {
        try (ClipTokenizer clip = ClipTokenizer.load(Reference.path("clip-tokenizer/tokenizer"))) {
            ClipTextEncoder encoder = ClipTextEncoder.load(Reference.path("sd1-tiny/text_encoder"), manager);
            assertThatThrownBy(() -> new TextTower(clip, encoder)).hasMessageContaining("49408 tokens");
        }
    }

    private static PromptEmbeddings guide(TextConditioner text, List<String> prompts, List<String> negatives) {
        return Gradients.off(() -> text.encode(prompts, negatives, OPTIONS));
    }

    private static NDArray plain(TextConditioner text, String prompt) {
        return Gradients.off(() -> text.encode(List.of(prompt), OPTIONS)).context();
    }

    private StableDiffusionText sd(String model) {
        return new StableDiffusionText(tower(model, ""), manager);
    }

    private StableDiffusionXlText xl(boolean zeros) {
        return new StableDiffusionXlText(List.of(tower("sdxl-tiny", ""), tower("sdxl-tiny", "_2")), zeros, manager);
    }

    private TextTower tower(String model, String suffix) {
        return TextTower.load(
                Reference.path(model + "/tokenizer" + suffix),
                Reference.path(model + "/text_encoder" + suffix),
                manager);
    }

    private void assertClose(NDArray actual, StateDict expected, String name) {
        Reference.assertClose(actual, expected.read(manager, name), Reference.CALL_TOLERANCE);
    }
}
