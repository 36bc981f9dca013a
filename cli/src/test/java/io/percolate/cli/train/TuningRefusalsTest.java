package io.percolate.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.cli.CommandRun;
import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.model.Conversion;
import io.percolate.weights.WeightFile;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What fine-tuning cannot do is refused before any work; what a memory is too small for, too. */
class TuningRefusalsTest {

    private static final Path REFERENCE = Path.of(System.getProperty("percolate.testdata"));
    private static final Path SD1 = REFERENCE.resolve("sd1-tiny");

    @TempDir
    private static Path folder;

    private static Path data;
    private static Path image;
    private static Path inpainting;

    @BeforeAll
    static void write() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        image = data.resolve("0.png");
        ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
        Files.writeString(data.resolve("0.txt"), "a thing");
        inpainting = inpainting(folder.resolve("sd-inpainting"));
    }

    /** The model with a denoiser that also sees a mask and the image outside it: nine channels. */
    private static Path inpainting(Path model) {
        Conversion.of(SD1).to(model);
        Path config = model.resolve("unet/config.json");
        Map<String, Object> values = new TreeMap<>(JsonConfig.read(config).values());
        values.put("in_channels", 9);
        JsonConfig.of(values).write(config);
        Path file = WeightFile.inFolder(model.resolve("unet"));
        try (NDManager manager = TorchEngine.newManager()) {
            Map<String, NDArray> tensors = new LinkedHashMap<>();
            try (StateDict own = WeightFile.open(file)) {
                own.names().forEach(name -> tensors.put(name, own.copy(manager, name, DataType.FLOAT32)));
            }
            tensors.computeIfPresent("conv_in.weight", (name, own) -> {
                Shape shape = own.getShape();
                return own.concat(manager.zeros(new Shape(shape.get(0), 5, shape.get(2), shape.get(3))), 1);
            });
            SafeTensors.write(file, tensors, Map.of(), ElementType.F32);
        }
        return model;
    }

    static Stream<List<Object>> tunings() {
        return Stream.of(
                List.of("lora"), List.of("embedding", "--token", "<xyz>", "--init", "apple"), List.of("controlnet"));
    }

    @ParameterizedTest
    @MethodSource("tunings")
    void aBaseThatAlsoSeesAMaskIsRefused(List<Object> tuning) {
        refusedBase(tuning);
    }

    @Test
    void aWholeDenoiserThatAlsoSeesAMaskIsRefused() {
        refusedBase(List.of("diffusion"));
    }

    private static void refusedBase(List<Object> tuning) {
        Path out = folder.resolve("refused");
        CommandRun run = train(tuning, "--from", inpainting, "--out", out);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.complaint())
                .contains(
                        "sd-inpainting: the U-Net of this model also sees a mask and the image outside it",
                        "take the model that it was made of");
        assertThat(out).doesNotExist();
    }

    @Test
    void aPromptAloneIsNotEnoughForSuchAModel() {
        CommandRun run = generate();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.complaint())
                .contains(
                        "sd-inpainting: its U-Net also sees a mask and the image outside it",
                        "pass an image and a mask (--init-image, --mask)");
        assertThat(generate("--init-image", image, "--strength", 1).complaint()).contains("--mask");
        assertThat(generate("--init-image", image, "--mask", image).exitCode()).isZero();
    }

    /** It steers by what the model of four channels sees. */
    @Test
    void aControlNetSteersSuchAModelIfThereIsAMask() {
        Object[] control = {"--controlnet", REFERENCE.resolve("controlnet-sd1/controlnet"), "--control-image", image};
        assertThat(generate(control).complaint()).contains("sd-inpainting: its U-Net also sees a mask");
        List<Object> masked = new ArrayList<>(List.of(control));
        masked.addAll(List.of("--init-image", image, "--mask", image));
        CommandRun run = generate(masked.toArray());
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @ParameterizedTest
    @MethodSource("tunings")
    void aMemoryWithRoomTakesTheWholeBatchAndIsInTheRecipe(List<Object> tuning) throws IOException {
        Path out = folder.resolve("within-" + tuning.get(0));
        CommandRun run = train(tuning, "--from", SD1, "--memory", "64G", "--batch", 2, "--out", out);
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode recipe = new ObjectMapper().readTree(out.resolve("recipe.json").toFile());
        assertThat(recipe.at("/training/micro_batch").asInt()).isEqualTo(2);
        assertThat(recipe.at("/training/gradient_checkpointing").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("tunings")
    void aMemoryWithoutRoomIsRefusedWithTheSmallestThatWouldDo(List<Object> tuning) {
        Path out = folder.resolve("too-little");
        CommandRun run = train(tuning, "--from", SD1, "--memory", "1M", "--out", out);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.complaint()).contains("memory 0.01G is too little", "the smallest that would do is");
        assertThat(out).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void updatesWithoutARankAreRefused(int rank) {
        CommandRun run = train(List.of("lora"), "--from", SD1, "--rank", rank, "--out", folder.resolve("ranks"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.complaint()).contains("rank " + rank, "an update has rank 1 or more, such as 16");
    }

    @Test
    void textEncodersThatLearnInAnyCaseNeedNoOption() {
        CommandRun run =
                train(List.of("diffusion"), "--pixel-space", "--text-encoder", "--out", folder.resolve("pixels"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.complaint()).contains("--text-encoder is for --from by itself", "leave it out");
    }

    @Test
    void finerLevelsNeedAModelAndWhatItWorksOn() {
        Path out = folder.resolve("finer");
        CommandRun anew = train(List.of("diffusion"), "--pixel-space", "--finer-levels", "64,32", "--out", out);
        assertThat(anew.exitCode()).isEqualTo(2);
        assertThat(anew.complaint()).contains("--finer-levels [64, 32]", "give its model with --from");
        CommandRun whole = train(List.of("diffusion"), "--from", SD1, "--finer-levels", "64", "--out", out);
        assertThat(whole.exitCode()).isEqualTo(2);
        assertThat(whole.complaint()).contains("say with --vae or --pixel-space what it works on");
    }

    private static CommandRun train(List<Object> tuning, Object... options) {
        List<Object> command = new ArrayList<>(List.of("train"));
        command.addAll(tuning);
        command.addAll(List.of("--data", data, "--steps", 1, "--resolution", 64));
        command.addAll(List.of(options));
        return CommandRun.of(command.toArray());
    }

    private static CommandRun generate(Object... options) {
        List<Object> command = new ArrayList<>(List.of("generate", "a castle", "--model", inpainting));
        command.addAll(List.of("--steps", 2, "--size", "64x64", "--out", folder.resolve("image.png")));
        command.addAll(List.of(options));
        return CommandRun.of(command.toArray());
    }
}
