package io.percolate.tests.robustness;

import io.percolate.conditioning.tokenizer.BytePairVocabulary;
import io.percolate.conditioning.tokenizer.ClipTokenizer;
import io.percolate.conditioning.tokenizer.SpecialTokens;
import io.percolate.conditioning.tokenizer.VocabularyTrainer;
import io.percolate.files.JsonConfig;
import io.percolate.pipeline.model.inspection.Inspection;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.tests.TestFolders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The formats that come from elsewhere, each with sound files to damage.
 *
 * @param folder where the files are written
 */
record FuzzTargets(Path folder) {

    private static final int LENGTH_FIELD = 8;

    List<FuzzTarget> all() {
        return List.of(
                new FuzzTarget("safetensors headers", FuzzWeights.safetensors(folder), FuzzWeights::read),
                configs(),
                recipes(),
                new FuzzTarget("pickles", FuzzWeights.pickles(folder, marker()), FuzzWeights::read),
                tokenizers(),
                new FuzzTarget("PNG", FuzzImages.png(folder), FuzzImages::read),
                new FuzzTarget("PNG, shrunk", FuzzImages.png(folder), FuzzImages::readShrunk),
                new FuzzTarget("JPEG", FuzzImages.jpeg(folder), FuzzImages::read),
                new FuzzTarget("JPEG, shrunk", FuzzImages.jpeg(folder), FuzzImages::readShrunk),
                new FuzzTarget("WebP", FuzzImages.webp(folder), FuzzImages::read),
                new FuzzTarget("WebP, shrunk", FuzzImages.webp(folder), FuzzImages::readShrunk));
    }

    private FuzzTarget configs() {
        Path model = folder.resolve("model");
        for (String part : List.of("unet", "vae", "text_encoder", "tokenizer", "scheduler", "model_index.json")) {
            TestFolders.copy(TestFolders.DATA.resolve("sd1-tiny").resolve(part), model.resolve(part));
        }
        List<FuzzSeed> seeds = Stream.of(
                        "unet/config.json",
                        "vae/config.json",
                        "text_encoder/config.json",
                        "scheduler/scheduler_config.json",
                        "model_index.json")
                .map(name -> FuzzSeed.of(model.resolve(name)))
                .toList();
        return new FuzzTarget("JSON configs", seeds, file -> Inspection.of(model, Optional.empty()));
    }

    private FuzzTarget recipes() {
        Path vae = folder.resolve("vae.recipe.json");
        VaeRecipe.embedded().write(vae);
        Path diffusion = folder.resolve("diffusion.recipe.json");
        DiffusionRecipe.pixels().write(diffusion);
        return new FuzzTarget("recipes", List.of(FuzzSeed.of(vae), FuzzSeed.of(diffusion)), file -> {
            if (file.equals(vae)) {
                VaeRecipe.read(file);
            } else {
                DiffusionRecipe.pixels().with(RecipeOverlay.read(file));
            }
        });
    }

    /** A file that only a pickle's code could make. */
    Path marker() {
        return folder.resolve("executed");
    }

    private FuzzTarget tokenizers() {
        BytePairVocabulary vocabulary =
                VocabularyTrainer.learn(List.of("a red apple", "a green apple", "grinning face", "woman's hat"), 40);
        Path merges = folder.resolve("merges");
        vocabulary.save(merges, SpecialTokens.clip(77));
        Path json = folder.resolve("json/tokenizer.json");
        tokenizerJson(merges).write(json);
        List<FuzzSeed> seeds = Stream.of(
                        merges.resolve("vocab.json"),
                        merges.resolve("merges.txt"),
                        merges.resolve("special_tokens_map.json"),
                        merges.resolve("tokenizer_config.json"),
                        json)
                .map(FuzzSeed::of)
                .toList();
        return new FuzzTarget("tokenizer files", seeds, file -> {
            try (ClipTokenizer tokenizer = ClipTokenizer.load(file.getParent())) {
                tokenizer.encode("a Red apple's hat, \ud83d\ude02 z\u00fcrich");
            }
        });
    }

    /** The same vocabulary in one file. */
    private static JsonConfig tokenizerJson(Path folder) {
        Map<String, Object> vocabulary =
                JsonConfig.read(folder.resolve("vocab.json")).values();
        List<String> merges = text(folder.resolve("merges.txt")).lines().skip(1).toList();
        return JsonConfig.of(Map.of(
                "model", Map.of("type", "BPE", "end_of_word_suffix", "</w>", "vocab", vocabulary, "merges", merges)));
    }

    private static String text(Path file) {
        return new String(FuzzSeed.of(file).content(), StandardCharsets.UTF_8);
    }
}
