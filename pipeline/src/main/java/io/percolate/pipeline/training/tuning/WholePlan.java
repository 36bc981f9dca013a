package io.percolate.pipeline.training.tuning;

import io.percolate.files.JsonConfig;
import java.util.Map;

/** All weights of the denoiser, and none of its text encoders. */
public record WholePlan() implements AdaptationPlan {

    @Override
    public String section() {
        return "whole";
    }

    @Override
    public String file() {
        return "";
    }

    @Override
    public Map<String, Object> values() {
        return Map.of();
    }

    @Override
    public WholePlan read(JsonConfig section) {
        return this;
    }

    @Override
    public boolean trainsText() {
        return false;
    }

    @Override
    public Adaptation begin(BaseModel base, BaseSource source, TuningFacts facts) {
        return new WholeAdaptation(base, source);
    }
}
