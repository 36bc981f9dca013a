package io.percolate.weights.layout;

import io.percolate.weights.tensors.StateDict;

/** How one part of a model is named and shaped in a single file, against its folder as diffusers writes it. */
public interface Layout {

    /** Tensors of a single file, without the part's prefix, as the folder has them. */
    StateDict toFolder(StateDict single);

    /** Tensors of a folder as a single file has them, without the part's prefix. */
    StateDict toSingle(StateDict folder);
}
