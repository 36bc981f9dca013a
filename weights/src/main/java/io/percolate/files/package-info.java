/**
 * Files that hold no tensors: {@link io.percolate.files.JsonConfig} reads published {@code config.json} files key by
 * key, {@link io.percolate.files.Json} writes JSON as Python does, {@link io.percolate.files.AtomicFile} writes a file
 * whole or not at all. {@link io.percolate.files.PercolateException} is the root of every failure that a caller can act
 * on.
 */
@NullMarked
package io.percolate.files;

import org.jspecify.annotations.NullMarked;
