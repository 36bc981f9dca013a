package io.percolate.pipeline.data;

/** Which of an image's captions a batch carries. */
public enum CaptionChoice {
    /** Always the first: for evaluation. */
    FIRST {
        @Override
        String of(DataItem draw) {
            return draw.entry().caption();
        }
    },

    /** Another one from draw to draw: for training. */
    ANY {
        @Override
        String of(DataItem draw) {
            return draw.anyCaption();
        }
    };

    abstract String of(DataItem draw);
}
