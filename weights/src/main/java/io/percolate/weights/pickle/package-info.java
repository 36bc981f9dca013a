/**
 * Torch checkpoints, which are Python pickles: {@link io.percolate.weights.pickle.TorchPickle} reads their tensors and
 * runs nothing in them. {@code Unpickler} interprets the pickle, {@code PickleAllowList} holds the few Python classes
 * that it may ask for.
 */
@NullMarked
package io.percolate.weights.pickle;

import org.jspecify.annotations.NullMarked;
