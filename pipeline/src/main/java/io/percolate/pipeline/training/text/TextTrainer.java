package io.percolate.pipeline.training.text;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.model.Conversion;
import io.percolate.pipeline.training.session.Activity;
import io.percolate.pipeline.training.session.PreviousRun;
import io.percolate.pipeline.training.session.RunLock;
import io.percolate.pipeline.training.session.TrainingLoop;
import io.percolate.pipeline.training.session.TrainingResult;
import io.percolate.pipeline.training.session.TrainingSession;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Teaches the text encoder of a model that was trained here which captions mean the same image, hundreds in the time that
 * the denoiser learns from one; see {@link TrainingLoop} for what is kept in the run folder, and {@code recipe.json}, the
 * whole recipe. The run folder is the model with the text encoder as it is then. Its denoiser has yet to get used to what
 * it reads: {@code train diffusion --from} goes on from it.
 */
public final class TextTrainer {

    private TextTrainer() {}

    /**
     * Trains until the budget of {@code session} is spent.
     *
     * @param model folder of the model to go on from
     * @param dataset images whose captions are learned; the images themselves are not looked at
     * @param out the run folder
     * @throws IllegalArgumentException if the model has no text encoder that was trained here, or fewer than two images
     *     have captions, or {@code out} is the model's own folder
     */
    public static TrainingResult train(
            WordsRecipe recipe, Path model, ImageDataset dataset, Path out, TrainingSession session) {
        session.listener().busy(Activity.PREPARING, 0, 0);
        requireText(model);
        requireOther(model, out);
        return RunLock.holding(out, () -> {
            try (TextTask task = new TextTask(recipe, model, dataset)) {
                if (!session.resume() || !new PreviousRun(out).exists()) {
                    Conversion.of(model).to(out);
                }
                recipe.write(out.resolve("recipe.json"));
                return new TrainingLoop(task, recipe.plan(), out, session).run();
            }
        });
    }

    private static void requireText(Path model) {
        if (!Files.isDirectory(model.resolve("text_encoder_2")) || Files.isDirectory(model.resolve("text_encoder"))) {
            throw new IllegalArgumentException(
                    model + " has no text encoder that was trained along with its denoiser: give"
                            + " a folder that train diffusion wrote for images with captions, or the embedded model's");
        }
    }

    private static void requireOther(Path model, Path out) {
        if (model.toAbsolutePath().normalize().equals(out.toAbsolutePath().normalize())) {
            throw new IllegalArgumentException(
                    out + " is the model itself, whose text encoder would be lost: name another folder to write");
        }
    }
}
