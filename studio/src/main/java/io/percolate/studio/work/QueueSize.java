package io.percolate.studio.work;

import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * How many jobs of a model wait, and how many run.
 *
 * @param waiting jobs that may wait
 * @param merged jobs that may run at once if one generation can make what all are for
 */
public record QueueSize(int waiting, int merged) {

    /** 16 jobs may wait, and run one after the other. */
    public static final QueueSize DEFAULT = new QueueSize(16, 1);

    public QueueSize {
        if (waiting < 1) {
            throw new IllegalArgumentException("a queue for " + waiting + " requests: give 1 or more");
        }
        if (merged < 1) {
            throw new IllegalArgumentException(merged + " requests in a batch: give 1 or more");
        }
    }

    /** Takes the next job to run, and those behind it that join it; none if there is none. */
    List<Job> takeFrom(Deque<Job> jobs) {
        List<Job> taken = new ArrayList<>();
        for (Iterator<Job> left = jobs.iterator(); left.hasNext() && taken.size() < merged; ) {
            Job job = left.next();
            if (taken.isEmpty() || taken.get(0).joins(job)) {
                taken.add(job);
                left.remove();
            }
        }
        return taken;
    }
}
