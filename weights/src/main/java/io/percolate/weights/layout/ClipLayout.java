package io.percolate.weights.layout;

import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.TensorMap;

/** The text encoder of transformers. A single file has the same names, and a buffer that is not needed. */
final class ClipLayout implements Layout {

    private static final String MODEL = "text_model.";

    @Override
    public StateDict toFolder(StateDict single) {
        return TensorMap.view(single, name -> {
            String full = name.startsWith(MODEL) || name.startsWith("text_projection.") ? name : MODEL + name;
            return full.endsWith("embeddings.position_ids") ? null : full;
        });
    }

    @Override
    public StateDict toSingle(StateDict folder) {
        return toFolder(folder);
    }
}
