package io.percolate.pipeline.training.tiny;

import io.percolate.files.JsonConfig;
import io.percolate.pipeline.model.AutoencoderSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where the training of a tiny autoencoder finds and leaves things.
 *
 * @param teacher the autoencoder to learn from
 * @param folder the run folder, which is also the model folder
 */
public record TinyRun(AutoencoderSource teacher, Path folder) {

    private static final String TEACHER = "teacher.json";
    private static final String LATENTS = "latents";

    /**
     * Notes whose latents the run learns.
     *
     * @param latents tells them from those of others
     * @param resume whether it goes on
     * @throws IllegalArgumentException if those were another teacher's
     */
    void noteTeacher(String latents, boolean resume) {
        Path file = folder.resolve(TEACHER);
        if (resume
                && Files.exists(file)
                && !JsonConfig.read(file).string(LATENTS).equals(latents)) {
            throw new IllegalArgumentException(
                    "the run in " + folder + " learns the latents of another autoencoder than " + teacher.path()
                            + ": resume with the one that it began with");
        }
        JsonConfig.of(Map.of(LATENTS, latents)).write(file);
    }
}
