package io.percolate.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.cli.Percolate;
import io.percolate.pipeline.comparison.Comparison;
import io.percolate.pipeline.comparison.ComparisonPlan;
import io.percolate.pipeline.comparison.ComparisonSettings;
import io.percolate.pipeline.comparison.arms.ArmFile;
import io.percolate.pipeline.comparison.arms.ArmRecipe;
import io.percolate.pipeline.comparison.arms.AutoencoderChoice;
import io.percolate.pipeline.evaluation.SampleBudget;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.tests.ChildJvm;
import io.percolate.tests.TinyTraining;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A comparison by command that is killed at random moments, again and again: the command, or the stage that it waits for. */
final class KilledComparison {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** There are more than ten of them, of a few seconds each. */
    private static final ChildJvm SHORT_LIVED =
            new ChildJvm(List.of("-XX:TieredStopAtLevel=1", "-XX:-AlwaysPreTouch"), Map.of());

    private static final SampleBudget SAMPLES = new SampleBudget(2, 1);

    private final Path folder;
    private final TinyTraining training;
    private final List<Path> arms = new ArrayList<>();
    private final ComparisonPlan plan;
    private final Random random;

    /** One of {@code arms} in {@code folder}, as {@code plan} says. */
    KilledComparison(Path folder, List<String> arms, ComparisonPlan plan, long seed) throws IOException {
        this.folder = folder;
        this.plan = plan;
        random = new Random(seed);
        training = new TinyTraining(folder);
        training.draw();
        Files.delete(training.data().resolve("metadata.jsonl"));
        recipe().write(folder.resolve("pixels.json"));
        for (String arm : arms) {
            this.arms.add(Files.writeString(folder.resolve("arm-" + this.arms.size() + ".json"), arm));
        }
    }

    /** Runs it undisturbed in this process, and killed in others; returns the report of the latter. */
    JsonNode survive(int kills) throws IOException, InterruptedException {
        ArmFile file = new ArmFile(
                training.data(), recipe(), new AutoencoderChoice.Trained(VaeRecipe.read(training.vaeRecipe())));
        List<ArmRecipe> recipes = arms.stream().map(file::read).toList();
        Path undisturbed = folder.resolve("undisturbed");
        Comparison.run(new ComparisonSettings(training.data(), undisturbed, recipes, plan, SAMPLES, Optional.empty()));
        for (int i = 0; i < kills; i++) {
            kill(start(), i % 2 == 0);
        }
        Process last = start();
        String output = new String(last.getInputStream().readAllBytes());
        assertThat(last.waitFor()).as(output).isZero();
        requireSame();
        return report("killed");
    }

    private DiffusionRecipe recipe() {
        return training.pixelRecipe().withoutText();
    }

    private Process start() throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("compare", "--data", training.data().toString()));
        arguments.addAll(List.of("--config", folder.resolve("pixels.json").toString()));
        arguments.addAll(List.of("--vae-config", training.vaeRecipe().toString()));
        arguments.addAll(List.of("--images", String.valueOf(SAMPLES.images())));
        arguments.addAll(List.of("--sampling-steps", String.valueOf(SAMPLES.steps())));
        arguments.addAll(List.of("--steps", plan.budget().toString().replace(" steps", "")));
        arguments.addAll(List.of("--seeds", String.valueOf(plan.seeds())));
        arms.forEach(arm -> arguments.addAll(List.of("--arm", arm.toString())));
        arguments.addAll(List.of("--out", folder.resolve("killed").toString()));
        return SHORT_LIVED.start(folder, Percolate.class.getName(), arguments.toArray(String[]::new));
    }

    /** Waits for the first stage, and for a random time; then kills the command, or its stage, which ends the command. */
    private void kill(Process process, boolean whole) throws IOException, InterruptedException {
        while (process.isAlive() && process.children().findAny().isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        TimeUnit.MILLISECONDS.sleep(random.nextInt(4000));
        if (whole) {
            process.toHandle().destroyForcibly();
        } else {
            process.children().forEach(ProcessHandle::destroyForcibly);
        }
        String output = new String(process.getInputStream().readAllBytes());
        int code = process.waitFor();
        if (!whole && code != 0) {
            assertThat(output).contains("was killed: the same command goes on");
        }
    }

    private void requireSame() throws IOException {
        JsonNode ours = report("killed").path("arms");
        JsonNode theirs = report("undisturbed").path("arms");
        assertThat(ours.size()).isPositive();
        ours.properties().forEach(arm -> {
            JsonNode runs = arm.getValue().path("runs");
            for (int i = 0; i < runs.size(); i++) {
                JsonNode other = theirs.path(arm.getKey()).path("runs").path(i);
                assertThat(runs.path(i).path("quality")).isEqualTo(other.path("quality"));
                assertThat(runs.path(i).path("rate").path("points"))
                        .isEqualTo(other.path("rate").path("points"));
            }
        });
    }

    private JsonNode report(String run) {
        try {
            return JSON.readTree(folder.resolve(run).resolve("report.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
