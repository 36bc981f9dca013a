/**
 * The stages of a comparison: {@link io.percolate.pipeline.comparison.stages.Stages} keeps what each found, so that none is
 * done twice. A {@link io.percolate.pipeline.comparison.stages.StageHost} does those that take much memory: in this
 * process, or as {@link io.percolate.pipeline.comparison.stages.ChildProcesses}, where each is a {@link
 * io.percolate.pipeline.comparison.stages.StageProcess} that does a {@link
 * io.percolate.pipeline.comparison.stages.SingleStage} and holds the {@link
 * io.percolate.pipeline.comparison.stages.StageLock} meanwhile.
 */
@NullMarked
package io.percolate.pipeline.comparison.stages;

import org.jspecify.annotations.NullMarked;
