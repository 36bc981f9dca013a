package io.percolate.pipeline.data;

/** Which of a picture's captions a batch carries. */
public enum CaptionChoice {
    /** Always the first: for evaluation. */
    FIRST {
        @Override
        String of(Draw draw) {
            return draw.entry().caption();
        }
    },

    /** Another one from draw to draw: for training. */
    ANY {
        @Override
        String of(Draw draw) {
            return draw.anyCaption();
        }
    };

    abstract String of(Draw draw);
}
