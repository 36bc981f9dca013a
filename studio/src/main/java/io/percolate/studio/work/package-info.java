/**
 * The work of a server: a {@link io.percolate.studio.work.Job} waits in the bounded queue of its model, whose one worker
 * runs it. {@link io.percolate.studio.work.WorkQueues} is the way in. What a job does is a {@link
 * io.percolate.studio.work.Work}; what comes out goes to whoever follows it, who may be slow without holding up the
 * worker. {@link io.percolate.studio.work.LoadedModels} opens models when they are first needed and closes those that
 * were not needed for the longest time.
 */
@NullMarked
package io.percolate.studio.work;

import org.jspecify.annotations.NullMarked;
