package io.percolate.conditioning.tokenizer;

/**
 * Ids that have a meaning of their own.
 *
 * @param start the id every prompt starts with
 * @param end the id that ends a prompt
 * @param padding the id after the end
 */
public record TokenIds(int start, int end, int padding) {

    /** What configs said before 2023, whatever the vocabulary: the end token is then the largest id of all. */
    private static final int LEGACY_END = 2;

    /** Index of the state that stands for the whole prompt: the one at the first end token. */
    public int pooledPosition(long[] ids) {
        int position = 0;
        for (int i = 1; i < ids.length; i++) {
            boolean better = end == LEGACY_END ? ids[i] > ids[position] : ids[i] == end && ids[position] != end;
            position = better ? i : position;
        }
        return position;
    }
}
