package io.percolate.pipeline.training.conditioning;

import ai.djl.ndarray.NDManager;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.nn.engine.TorchArray;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.ClassNames;
import java.util.List;

/**
 * Tells the class of an image.
 *
 * @param classes their numbers
 * @param manager owns the inputs where no scope does
 */
public record ClassConditioning(ClassNames classes, NDManager manager) implements Conditioning {

    @Override
    public List<String> prompts(Batch batch) {
        return batch.labels();
    }

    @Override
    public DenoiserInputs encode(List<String> labels) {
        long[] numbers = labels.stream().mapToLong(classes::number).toArray();
        return DenoiserInputs.none().withClasses(TorchArray.of(manager, numbers));
    }
}
