package io.percolate.nn.optim;

import io.percolate.nn.layers.Parameter;
import java.util.Map;

/** What an {@link UpdateRule} keeps constant. */
public sealed interface RuleConfig permits AdamWConfig, AdafactorConfig, MuonConfig, OuterConfig {

    /** The rule for trainable float32 {@code parameters}, by name, from its first step on, with a state of {@code type}. */
    UpdateRule rule(Map<String, Parameter> parameters, StateType type);
}
