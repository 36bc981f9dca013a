package io.percolate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exit code 2 and one line that names the wrong word and the way out, before any work. */
class WrongUsageTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            --sampler magic         | no sampler is called 'magic', choose one of ddpm
            --spacing wide          | no spacing is called 'wide', choose one of leading trailing linspace
            --precision int4        | no precision is called 'int4', choose one of fp32 bf16 fp16
            --prediction noise      | no prediction is called 'noise', choose one of epsilon v x0
            --device tpu            | no device is called 'tpu', choose cpu, gpu or gpu:1
            --size large            | 'large' is no size: give width and height, such as 512x768
            --size 0x64             | both must be positive
            --steps 0               | 0 steps: ask for 1 or more
            --steps many            | 'many' is not an int
            --count 0               | 0 images
            --seed x                | 'x' is not a long
            --guidance high         | 'high' is not a double
            --out image.gif       | --out image.gif is neither a folder nor a .png, .jpg or .webp file
            --out a.png --count 2   | --out a.png is one file, for 2 images: give a folder
            --strength 0.5          | --strength 0.5 is for --init-image: name an image
            --init-image a --mask b --latents c | --mask and --latents exclude each other
            --clip-skip -1          | clip skip -1 must be 0 or more
            --guidance -1           | guidance scale -1.0 must be a number from 0 on
            --guidance-rescale 2    | guidance rescale 2.0 must be between 0 and 1
            --guidance-interval 9   | '9' is no interval: give two timesteps, such as 100:800
            --guidance-interval 9:1 | guidance from timestep 9.0 to 1.0 is never on
            --eta 2                 | eta 2.0 is not between 0 and 1
            --seeds 1,x             | 'x' is not a long
            --seeds 1,2             | 2 seeds for 1 images: give one for each, or the first
            --seeds 1 --seed 2      | --seed and --seeds exclude each other: leave one of them out
            --batch-limit 0         | 0 at once: ask for 1 or more
            --image-guidance 2      | --image-guidance 2.0 is for --edit: name an image
            --edit a --init-image b | --edit and --init-image exclude each other
            --edit a --latents b    | --edit and --latents exclude each other
            --colour                | Unknown option: '--colour'
            """)
    void wrongOptionsOfGenerateAreNamed(String options, String complaint) {
        assertThat(complaint("generate apple --model absent " + options)).contains(complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ''                                        | Missing command, one of generate, train, dataset
            generate --seed 1                         | Missing required parameter: 'PROMPT'
            generat apple                             | did you mean generate?
            train                                     | Missing command, one of vae, diffusion
            train vae --data x                        | Missing required option: '--out=DIR'
            train vae --data x --out y --steps 0      | 0 steps of training: give a number above 0
            train diffusion --data x --out y          | --vae
            train diffusion --data x --out y --vae v --pixel-space | mutually exclusive
            train vae --data x --out y --resolution 300 | images of 300x300 but this autoencoder makes them 8 times smaller: give a multiple of 8
            train vae --data x --out y --device gpu:64 | --device gpu:64 is not available: this build of PyTorch sees
            train vae --data x --out y --device tpu   | no device is called 'tpu', choose cpu, gpu or gpu:1
            train vae --data x --out y --batch 0      | --batch 0: train on 1 image per step or more
            train vae --data x --out y --schedule step | no schedule is called 'step', choose one of constant linear cosine
            compare --data x                          | Missing required option: '--out=DIR'
            compare --data x --out y --images 1       | generate at least 2 images in 1 step to compare anything
            compare --data x --out y --resume         | Unknown option: '--resume'
            compare --data x --out y --steps 0        | 0 steps of training: give a number above 0
            compare --data x --out y --vae v --vae-config w | mutually exclusive
            dataset emoji                             | Missing required option: '--out=DIR'
            evaluate --data x --images 0              | 0 images in 20 steps: generate at least 2 images
            evaluate --data x --likelihood --images 0 | 0 images: measure at least one
            evaluate --data x --likelihood --timesteps 0 | 0 timesteps: measure at least one
            evaluate --data x --likelihood --probes -1 | -1 probes: take at least one
            evaluate --data x --likelihood --tolerance 2 | tolerance 2.0 is not between 0 and 1
            evaluate --data x --likelihood --variance 2 | no variance is called '2', choose one of large small
            evaluate --data x --plot y.png            | --timesteps and --plot are for --likelihood
            evaluate                                  | Missing required option: '--data=DIR'
            interpolate a.png                         | Missing required
            interpolate a.png b.png --out c.png --count 1 | the strip has two ends, ask for 2 or more
            bench                                     | Missing required parameter: 'SUBJECT'
            bench car                                 | no subject is called 'car', choose one of unet vae text train
            bench unet --shape sd3                    | no shape is called 'sd3', choose one of sd15 sd21 sdxl embedded
            bench unet --latent 8                     | '8' is no size: give height and width, such as 64x96
            bench unet --batch 0                      | a batch of 0: give 1 or more
            bench unet --steps 0                      | 0 steps: time 1 or more
            bench text --latent 8x8                   | a text encoder reads prompts: leave them out
            tokens                                    | Missing required parameter: 'PROMPT'
            inspect                                   | Missing required parameter: 'FILE|DIR'
            """)
    void wrongCommandsAreNamed(String command, String complaint) {
        assertThat(complaint(command)).contains(complaint);
    }

    @Test
    void runsAreNotBegunAnewByMistake() throws IOException {
        Files.createFile(folder.resolve("checkpoint.safetensors"));
        assertThat(complaint("train vae --data x --out " + folder))
                .contains(folder + " holds a previous run: go on with --resume, or give another folder");
    }

    @Test
    void whereNothingCanBeWrittenIsSaidBeforeTheWork() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(complaint("generate apple --out " + file.resolve("images"))).contains(file + " is no folder");
        assertThat(complaint("generate apple --save-tensors " + file.resolve("t.safetensors")))
                .contains("nothing can be written into " + file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"train vae --data %s --out out", "compare --data %s --out out", "evaluate --data %s"})
    void foldersWithoutImagesAreFailures(String command) {
        CommandRun run = CommandRun.of((Object[]) command.formatted(folder).split(" "));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().strip()).hasLineCount(1).contains(folder + " has no images");
    }

    @Test
    void resolutionsThatTheNetworkCannotHalveAreRefused() throws IOException {
        Files.createFile(folder.resolve("image.png"));
        for (String command : new String[] {"compare", "train diffusion --pixel-space"}) {
            assertThat(complaint(command + " --resolution 50 --data " + folder + " --out " + folder.resolve("out")))
                    .contains("images of 50x50 but this U-Net halves them 4 times: give a multiple of 16");
        }
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void anAutoencoderToGoOnFromMustBeThere() {
        CommandRun run = CommandRun.of("train", "vae", "--data", "x", "--out", "y", "--from", "absent.safetensors");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().strip()).hasLineCount(1).contains("absent.safetensors");
    }

    @Test
    void missingPackagesAreFailures() {
        CommandRun run = CommandRun.of("dataset", "emoji", "--out", folder.resolve("emoji"), "--from", "absent");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.complaint()).startsWith("percolate: absent is not a folder");
        assertThat(folder).isEmptyDirectory();
    }

    private static String complaint(String command) {
        CommandRun run = CommandRun.of(
                Stream.of(command.split("\\s+")).filter(word -> !word.isEmpty()).toArray());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().strip()).hasLineCount(1).startsWith("percolate: ");
        return run.complaint();
    }
}
