/** Networks that are opened beside a model, to stand in for one of its own or to steer it, and must fit it. */
@NullMarked
package io.percolate.pipeline.model.networks;

import org.jspecify.annotations.NullMarked;
