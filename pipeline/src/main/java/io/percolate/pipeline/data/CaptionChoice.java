package io.percolate.pipeline.data;

/** Which of an image's captions a batch carries. */
public enum CaptionChoice {
    /** Always the first: for evaluation. */
    FIRST {
        @Override
        String of(DataItem item) {
            return item.entry().caption();
        }
    },

    /** Another one from time to time: for training. */
    ANY {
        @Override
        String of(DataItem item) {
            return item.anyCaption();
        }
    };

    abstract String of(DataItem item);
}
