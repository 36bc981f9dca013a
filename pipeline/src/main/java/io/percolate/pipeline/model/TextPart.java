package io.percolate.pipeline.model;

import io.percolate.conditioning.encoder.TextEncoderConfig;

/**
 * A text encoder of a model.
 *
 * @param encoder its shape
 * @param tokenizer where its tokenizer comes from
 */
public record TextPart(TextEncoderConfig encoder, TokenizerSource tokenizer) {}
