package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.pipeline.training.gan.GanRecipe;
import io.percolate.pipeline.training.preset.Presets;
import io.percolate.pipeline.training.recipe.ClassRecipe;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.pipeline.training.text.WordsRecipe;
import io.percolate.pipeline.training.tiny.TinyRecipe;
import io.percolate.pipeline.training.tuning.TuningRecipe;
import io.percolate.vae.VaeConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page on training says of recipes is what recipes have. */
class TrainingPageTest {

    private static final String HEADER = "| key | unit | default | effect |";

    /** Sections with the keys of published configs. */
    private static final Set<String> PUBLISHED = Set.of("vae", "unet", "scheduler");

    private static final String PAGE = Project.text(Project.file("docs/training.md"));

    @TempDir
    private Path folder;

    @Test
    void everyKeyOfARecipeIsOnThePageAndNoOther() throws IOException {
        Set<String> keys = new TreeSet<>();
        Path file = folder.resolve("recipe.json");
        VaeRecipe.embedded().write(file);
        addKeys(file, keys);
        for (DiffusionRecipe recipe : List.of(outer(), DiffusionRecipe.pixels().withClasses(ClassRecipe.DEFAULT))) {
            recipe.write(file);
            addKeys(file, keys);
        }
        GanRecipe.usual().write(file);
        addKeys(file, keys);
        TinyRecipe.of(VaeRecipe.embedded().vae()).write(file);
        addKeys(file, keys);
        WordsRecipe.DEFAULT.write(file);
        addKeys(file, keys);
        for (TuningRecipe recipe : List.of(
                TuningRecipe.lora(),
                TuningRecipe.embedding("<a>", "a"),
                TuningRecipe.whole(),
                TuningRecipe.controlNet(),
                TuningRecipe.consistency())) {
            recipe.write(file);
            addKeys(file, keys);
        }
        Set<String> described =
                rows().stream().map(row -> row.get(0).replace("`", "")).collect(Collectors.toCollection(TreeSet::new));
        assertThat(described).isEqualTo(keys);
        assertThat(rows()).hasSameSizeAs(described);
    }

    private static DiffusionRecipe outer() {
        return DiffusionRecipe.pixels().with(RecipeOverlay.parse("{\"outer\": {}}"));
    }

    @Test
    void everyKeyHasUnitDefaultAndEffect() {
        assertThat(rows()).allSatisfy(row -> assertThat(row).hasSize(4).noneMatch(String::isBlank));
    }

    @Test
    void keysAreSortedInEveryTable() {
        assertThat(tables()).isNotEmpty().allSatisfy(table -> assertThat(table)
                .extracting(row -> row.get(0))
                .isSorted());
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 128, 256, 512, 1024})
    void theSizesOfPresetsAreThoseOfTheTable(int side) {
        VaeRecipe vae = Presets.vae(side);
        VaeConfig shape = vae.vae();
        int latent = side / shape.downsamplingFactor();
        String autoencoder = "%s, %dx%dx%d, %d"
                .formatted(
                        widths(shape.blocks().widths()),
                        shape.latentChannels(),
                        latent,
                        latent,
                        vae.plan().batchSize());
        assertThat(PAGE)
                .contains("| %d | %s | %s | %s |"
                        .formatted(
                                side,
                                autoencoder,
                                denoiser(Presets.latents(shape, side)),
                                denoiser(Presets.pixels(side))));
    }

    private static String denoiser(DiffusionRecipe recipe) {
        TrainingPlan plan = recipe.plan();
        return widths(recipe.unet().levels().stream()
                        .map(level -> level.channels())
                        .toList())
                + ", " + plan.batchSize();
    }

    private static String widths(List<Integer> widths) {
        return widths.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    private static void addKeys(Path file, Set<String> keys) throws IOException {
        JsonNode recipe = new ObjectMapper().readTree(file.toFile());
        recipe.properties().stream()
                .filter(section -> !PUBLISHED.contains(section.getKey()))
                .forEach(section -> {
                    if (section.getValue().isTextual()) {
                        keys.add(section.getKey());
                    }
                    List<String> own = new ArrayList<>();
                    section.getValue().fieldNames().forEachRemaining(own::add);
                    own.forEach(key -> keys.add(section.getKey() + "." + key));
                });
        keys.add("name");
    }

    private static List<List<String>> rows() {
        return tables().stream().flatMap(List::stream).toList();
    }

    /** The cells of every row of every table of keys. */
    private static List<List<List<String>>> tables() {
        return Stream.of(PAGE.split("\n\n"))
                .filter(block -> block.startsWith(HEADER))
                .map(table -> table.lines()
                        .skip(2)
                        .map(row -> Arrays.stream(
                                        row.substring(1, row.length() - 1).split("\\|"))
                                .map(cell -> cell.replace("`", "").strip())
                                .toList())
                        .toList())
                .toList();
    }
}
