package sample;

import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GenerationRequest;
import java.nio.file.Path;

/** Writes an image of the embedded model into the file that the first argument names. */
public final class Sample {

    private Sample() {}

    public static void main(String[] arguments) {
        GenerationRequest request =
                GenerationRequest.of("a red apple").steps(4).seed(7).build();
        try (Pipeline pipeline = Pipeline.embedded()) {
            pipeline.generate(request).get(0).save(Path.of(arguments[0]));
        }
    }
}
