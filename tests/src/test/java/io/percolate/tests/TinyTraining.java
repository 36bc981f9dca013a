package io.percolate.tests;

import io.percolate.files.JsonConfig;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.training.DiffusionFolders;
import io.percolate.pipeline.training.DiffusionTrainer;
import io.percolate.pipeline.training.VaeTrainer;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingSession;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Trainings of a second or two: a handful of drawn shapes, and networks of a few thousand weights. */
public final class TinyTraining {

    private static final int SIDE = 16;

    private static final String VAE_RECIPE =
            """
            {"vae": {"block_out_channels": [8, 16], "layers_per_block": 1, "latent_channels": 4, "norm_num_groups": 4,
                     "sample_size": 16, "mid_block_add_attention": false,
                     "down_block_types": ["DownEncoderBlock2D", "DownEncoderBlock2D"],
                     "up_block_types": ["UpDecoderBlock2D", "UpDecoderBlock2D"]},
             "training": {"batch_size": 4, "warmup_steps": 1, "precision": "fp32"}}""";

    private static final String DIFFUSION_RECIPE =
            """
            {"name": "tiny",
             "unet": {"_class_name": "UNet2DConditionModel", "sample_size": 8, "in_channels": 4, "out_channels": 4,
                      "block_out_channels": [16, 32], "layers_per_block": 1, "attention_head_dim": [2, 4],
                      "down_block_types": ["DownBlock2D", "CrossAttnDownBlock2D"],
                      "mid_block_type": "UNetMidBlock2DCrossAttn",
                      "up_block_types": ["CrossAttnUpBlock2D", "UpBlock2D"],
                      "cross_attention_dim": 32, "use_linear_projection": true, "norm_num_groups": 8,
                      "addition_embed_type": "text_time", "addition_time_embed_dim": 8,
                      "projection_class_embeddings_input_dim": 80},
             "scheduler": {"_class_name": "DDIMScheduler", "num_train_timesteps": 100, "beta_schedule": "scaled_linear",
                           "beta_start": 0.00085, "beta_end": 0.012, "clip_sample": false,
                           "prediction_type": "v_prediction", "timestep_spacing": "trailing"},
             "text": {"vocabulary_size": 540, "max_length": 8, "width": 32, "layers": 1, "heads": 2},
             "loss": {"timestep_shift": 1},
             "training": {"batch_size": 4, "learning_rate": 0.0005, "warmup_steps": 1, "precision": "fp32"}}""";

    private static final String PIXEL_RECIPE =
            """
            {"name": "tiny pixels",
             "unet": {"_class_name": "UNet2DConditionModel", "sample_size": 16, "in_channels": 3, "out_channels": 3,
                      "block_out_channels": [8, 16, 32], "layers_per_block": 1, "attention_head_dim": [1, 1, 2],
                      "down_block_types": ["DownBlock2D", "DownBlock2D", "CrossAttnDownBlock2D"],
                      "mid_block_type": "UNetMidBlock2DCrossAttn",
                      "up_block_types": ["CrossAttnUpBlock2D", "UpBlock2D", "UpBlock2D"],
                      "cross_attention_dim": 32, "use_linear_projection": true, "norm_num_groups": 8, "dropout": 0.1,
                      "addition_embed_type": "text_time", "addition_time_embed_dim": 8,
                      "projection_class_embeddings_input_dim": 80},
             "scheduler": {"_class_name": "DDPMScheduler", "num_train_timesteps": 100, "clip_sample": true},
             "text": {"vocabulary_size": 540, "max_length": 8, "width": 32, "layers": 1, "heads": 2},
             "training": {"batch_size": 4, "warmup_steps": 100, "precision": "fp32"}}""";

    private final Path folder;
    private final UnaryOperator<String> recipe;

    /** A training in {@code folder}, which fills up with {@code data}, {@code vae} and {@code model}. */
    public TinyTraining(Path folder) {
        this(folder, UnaryOperator.identity());
    }

    private TinyTraining(Path folder, UnaryOperator<String> recipe) {
        this.folder = folder;
        this.recipe = recipe;
    }

    /** The same training in another folder, with blocks computed again in the backward pass. */
    TinyTraining withGradientCheckpointing(Path folder) {
        return with("\"gradient_checkpointing\": true", folder);
    }

    /** The same training in another folder, with another key of the recipe's section {@code training}. */
    TinyTraining with(String key, Path folder) {
        return new TinyTraining(
                folder, text -> recipe.apply(text).replace("\"warmup_steps\"", key + ", \"warmup_steps\""));
    }

    /** The folder of its autoencoder. */
    public Path vae() {
        return folder.resolve("vae");
    }

    Path model() {
        return folder.resolve("model");
    }

    /** Draws the data set. */
    public void draw() {
        Color[] colours = {Color.RED, Color.GREEN, Color.BLUE, Color.YELLOW};
        String[] names = {"red", "green", "blue", "yellow"};
        List<String> metadata = new ArrayList<>();
        for (int i = 0; i < 2 * colours.length; i++) {
            boolean round = i < colours.length;
            String text = "a " + names[i % colours.length] + (round ? " ball" : " box");
            ImageFiles.writePng(data().resolve(i + ".png"), shape(colours[i % colours.length], round));
            metadata.add("{\"file_name\": \"%d.png\", \"text\": \"%s\"}".formatted(i, text));
        }
        write(data().resolve("metadata.jsonl"), String.join("\n", metadata));
    }

    /** Trains the autoencoder from the beginning. */
    public void trainVae(int steps) {
        VaeTrainer.train(VaeRecipe.read(vaeRecipe()), ImageDataset.open(data()), vae(), new Budget.Steps(steps), false);
    }

    void trainDiffusion(int steps) {
        trainDiffusion(steps, TrainingListener.NONE);
    }

    /** Trains the denoiser from the beginning, watched by {@code listener}. */
    void trainDiffusion(int steps, TrainingListener listener) {
        DiffusionFolders folders = DiffusionFolders.inLatents(vae(), model());
        TrainingSession session = new TrainingSession(new Budget.Steps(steps), false, listener);
        DiffusionTrainer.train(diffusionRecipe(), ImageDataset.open(data()), folders, session);
    }

    /** A recipe for the latents of its autoencoder. */
    public DiffusionRecipe diffusionRecipe() {
        return recipe(write(folder.resolve("diffusion.json"), recipe.apply(DIFFUSION_RECIPE)));
    }

    /** The recipe in {@code file} for the latents of this training's autoencoder. */
    DiffusionRecipe recipe(Path file) {
        return DiffusionRecipe.embedded(vae()).with(RecipeOverlay.read(file));
    }

    /** A recipe for an autoencoder of factor 2. */
    public Path vaeRecipe() {
        return write(folder.resolve("vae.json"), recipe.apply(VAE_RECIPE));
    }

    /** A recipe for pixels. */
    public DiffusionRecipe pixelRecipe() {
        return DiffusionRecipe.pixels().with(RecipeOverlay.parse(recipe.apply(PIXEL_RECIPE)));
    }

    /** Trains on pixels, or goes on where a training in {@code out} stopped. */
    void trainPixels(DiffusionRecipe recipe, Path out, int steps) {
        DiffusionFolders folders = new DiffusionFolders(Optional.empty(), Optional.empty(), out);
        DiffusionTrainer.train(recipe, ImageDataset.open(data()), folders, new Budget.Steps(steps), true);
    }

    /** The folder of its images. */
    public Path data() {
        return folder.resolve("data");
    }

    /** The last loss in the log of {@code run}. */
    static double lastLoss(Path run) {
        try {
            List<String> lines = Files.readAllLines(run.resolve("log.jsonl"));
            byte[] last = lines.get(lines.size() - 1).getBytes(StandardCharsets.UTF_8);
            return JsonConfig.parse("log", last).number("loss");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedImage shape(Color colour, boolean round) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(colour);
        if (round) {
            graphics.fillOval(3, 3, 10, 10);
        } else {
            graphics.fillRect(3, 3, 10, 10);
        }
        graphics.dispose();
        return image;
    }

    private static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
