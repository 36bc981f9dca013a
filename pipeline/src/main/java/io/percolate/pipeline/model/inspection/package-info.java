/**
 * What is in a file, without computing anything: {@link io.percolate.pipeline.model.inspection.Inspection} looks at model
 * folders, single-file models and files of weights, and answers with a {@link
 * io.percolate.pipeline.model.inspection.ModelReport}.
 */
@NullMarked
package io.percolate.pipeline.model.inspection;

import org.jspecify.annotations.NullMarked;
