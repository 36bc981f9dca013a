/** Trainings and comparisons to look at: {@link io.percolate.studio.runs.RunFolders} finds and reads their folders. */
@NullMarked
package io.percolate.studio.runs;

import org.jspecify.annotations.NullMarked;
