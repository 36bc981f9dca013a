package io.percolate.pipeline.evaluation;

import io.percolate.pipeline.evaluation.features.FeatureStatistics;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What some real images add to an evaluation; parts merge to the whole.
 *
 * @param images how many could be read
 * @param kept what the autoencoder keeps of them
 * @param nearer for each query, how many of them are nearer than its own image
 * @param features of those that generated images are compared with
 */
public record ImagePart(int images, ReconstructionPart kept, int[] nearer, FeatureStatistics features)
        implements Serializable {

    /** Both together; they have the same queries. */
    public ImagePart merge(ImagePart other) {
        int[] sums = new int[nearer.length];
        Arrays.setAll(sums, i -> nearer[i] + other.nearer[i]);
        return new ImagePart(images + other.images, kept.merge(other.kept), sums, features.merge(other.features));
    }
}
