package io.percolate.pipeline.training.recipe;

import io.percolate.nn.engine.Precision;

/** What a network computes in while it is trained; weights and optimizer are float32 in any case. */
public enum TrainingPrecision {
    /** Whatever {@linkplain Precision#suitedToTraining suits} the processor. */
    AUTO {
        @Override
        public Precision precision() {
            return Precision.suitedToTraining();
        }
    },
    /** Single precision. */
    FP32 {
        @Override
        public Precision precision() {
            return Precision.FP32;
        }
    },
    /** Half the bits, with the range of single precision. */
    BF16 {
        @Override
        public Precision precision() {
            return Precision.BF16;
        }
    };

    /** The element type. */
    public abstract Precision precision();
}
