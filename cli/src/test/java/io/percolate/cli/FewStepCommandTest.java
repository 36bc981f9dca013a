package io.percolate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.pipeline.model.TinyLora;
import io.percolate.weights.layout.ModelPart;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FewStepCommandTest {

    @TempDir
    private Path folder;

    @Test
    void aLoraThatSaysLcmBringsItsSamplerStepsAndGuidance() {
        CommandRun run = generate("--lora", lora("lcm-lora-sdv1-5.safetensors"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("lcm-lora-sdv1-5.safetensors (latent consistency): sampler lcm, 4 steps, guidance scale 1.0"
                        + " unless a request says otherwise")
                .doesNotContain("WARN");
    }

    @Test
    void otherStepsAndGuidanceAreWarnedOf() {
        CommandRun run = generate("--lora", lora("lcm.safetensors"), "--steps", 9, "--guidance", 7.5);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("9 steps, but lcm.safetensors (latent consistency) takes 1 to 8: give --steps 4")
                .contains("guidance scale 7.5, but lcm.safetensors (latent consistency) takes at most 2");
    }

    @Test
    void aNameThatDoesNotTellHowIsWarnedOf() {
        CommandRun run = generate("--lora", lora("my-turbo.safetensors"), "--steps", 2);
        assertThat(run.err())
                .contains("my-turbo.safetensors is a few-step model by its name (turbo)", "--guidance")
                .doesNotContain("unless a request says otherwise");
    }

    @Test
    void anotherDenoiserStandsInForTheModelsOwn() {
        Path unet = CommandRun.MODEL.resolve("unet");
        assertThat(generate("--unet", unet, "--steps", 1).exitCode()).isZero();
        CommandRun run = generate("--unet", lora("style.safetensors"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.complaint()).contains("no U-Net", "--lora");
    }

    private Path lora(String name) {
        return TinyLora.write(folder.resolve(name), CommandRun.MODEL, ModelPart.UNET);
    }

    private CommandRun generate(Object... more) {
        Stream<Object> all = Stream.concat(
                Stream.of("generate", "a castle", "--model", CommandRun.MODEL, "--size=64x64", "--out", folder),
                Stream.of(more));
        return CommandRun.of(all.toArray());
    }
}
