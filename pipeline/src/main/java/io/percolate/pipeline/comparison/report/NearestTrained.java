package io.percolate.pipeline.comparison.report;

import io.percolate.pipeline.evaluation.Originality;
import java.util.List;

/**
 * Whether an arm copies what it was trained on.
 *
 * @param originality how far its images are from the nearest trained ones
 * @param files the nearest trained image of each generated one, below the folder of the data set
 */
public record NearestTrained(Originality originality, List<String> files) {

    public NearestTrained {
        files = List.copyOf(files);
    }
}
