package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.files.JsonConfig;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.training.DiffusionFolders;
import io.percolate.pipeline.training.DiffusionTrainer;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingResult;
import io.percolate.pipeline.training.session.TrainingSession;
import io.percolate.testing.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images in, model out, images out. */
class EndToEndTest {

    private static final int STEPS = 50;

    @TempDir
    private static Path folder;

    private static TinyTraining training;

    @BeforeAll
    static void train() {
        training = new TinyTraining(folder);
        training.draw();
        training.trainVae(STEPS);
        training.trainDiffusion(STEPS);
    }

    @Test
    void aTrainedFolderGeneratesImages() {
        try (Pipeline pipeline = Pipeline.load(training.model())) {
            GeneratedImage image = pipeline.generate("a red ball");
            assertThat(image.image().getWidth())
                    .isEqualTo(pipeline.defaults().width())
                    .isEqualTo(16);
        }
    }

    @Test
    void aTrainedFolderHasTheFilesOfDiffusersAndThoseOfTheRun() {
        assertThat(TestFolders.files(training.model().resolve("latents")))
                .hasSize(2)
                .contains("images.jsonl")
                .anyMatch(file -> file.matches("[0-9a-f]{32}-f16/[0-9a-f]{32}\\.safetensors"));
        assertThat(TestFolders.files(training.model()))
                .filteredOn(file -> !file.startsWith("latents/"))
                .containsExactlyInAnyOrder(
                        "model_index.json",
                        "scheduler/scheduler_config.json",
                        "text_encoder_2/config.json",
                        "text_encoder_2/model.safetensors",
                        "tokenizer_2/merges.txt",
                        "tokenizer_2/special_tokens_map.json",
                        "tokenizer_2/tokenizer_config.json",
                        "tokenizer_2/vocab.json",
                        "unet/config.json",
                        "unet/diffusion_pytorch_model.safetensors",
                        "vae/config.json",
                        "vae/diffusion_pytorch_model.safetensors",
                        "percolate.json",
                        "recipe.json",
                        "checkpoint.safetensors",
                        "events.out.tfevents.percolate",
                        "log.jsonl",
                        "loss.png",
                        "samples/step-0000050.png",
                        "samples/strip.png");
    }

    @Test
    void trainedConfigsHaveTheKeysOfAPublishedModelOfTheirKind() {
        List<Path> published = Reference.find(TestFolders.DATA, "*sdxl*/model_index.json");
        assertThat(published).isNotEmpty();
        for (Path index : published) {
            for (String config : List.of(
                    "unet/config.json",
                    "vae/config.json",
                    "text_encoder_2/config.json",
                    "tokenizer_2/tokenizer_config.json",
                    "tokenizer_2/special_tokens_map.json")) {
                assertThat(keys(training.model().resolve(config)))
                        .as(config)
                        .isEqualTo(keys(index.resolveSibling(config)));
            }
        }
    }

    @Test
    void theIndexNamesEveryPartThatIsThere() {
        JsonConfig index = JsonConfig.read(training.model().resolve("model_index.json"));
        List<String> present = new ArrayList<>();
        index.values().forEach((name, part) -> {
            if (part instanceof List<?> names && names.get(0) != null) {
                present.add(name);
            }
        });
        assertThat(present).containsExactlyInAnyOrder("unet", "vae", "text_encoder_2", "tokenizer_2", "scheduler");
        assertThat(present)
                .allSatisfy(part -> assertThat(training.model().resolve(part)).isDirectory());
    }

    @Test
    void aRunIsResumedInTheLatentsItBeganWithAndInNoOthers() {
        TinyTraining other = new TinyTraining(folder.resolve("other"));
        other.draw();
        other.trainVae(1);
        assertThat(resume(training.model()).steps()).isEqualTo(STEPS);
        assertThatThrownBy(() -> resume(other.vae()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(other.vae() + ": another autoencoder than the run in " + training.model())
                .hasMessageContaining("resume with " + training.model().resolve("vae"));
    }

    private static TrainingResult resume(Path vae) {
        return DiffusionTrainer.train(
                training.recipe(folder.resolve("diffusion.json")),
                ImageDataset.open(training.data()),
                DiffusionFolders.inLatents(vae, training.model()),
                new TrainingSession(new Budget.Steps(STEPS), true, TrainingListener.NONE));
    }

    private static Set<String> keys(Path config) {
        return new TreeSet<>(JsonConfig.read(config).values().keySet());
    }
}
