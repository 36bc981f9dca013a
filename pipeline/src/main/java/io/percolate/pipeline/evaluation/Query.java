package io.percolate.pipeline.evaluation;

import java.io.Serializable;
import java.util.List;

/**
 * What was generated for a caption, where the model works.
 *
 * @param part of the captions that it belongs to
 * @param own number of the caption's image in the data set
 * @param latents of what was generated
 * @param distance from there to the caption's image, squared
 */
record Query(String part, int own, float[] latents, double distance) implements Serializable {

    /** How many of {@code others}, images from number {@code first} on, are nearer than the caption's own. */
    int nearer(List<float[]> others, int first) {
        int count = 0;
        for (int i = 0; i < others.size(); i++) {
            if (first + i != own && EncodedDataset.distance(latents, others.get(i)) < distance) {
                count++;
            }
        }
        return count;
    }
}
