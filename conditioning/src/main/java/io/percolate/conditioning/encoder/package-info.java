/**
 * Token ids to states: {@link io.percolate.conditioning.encoder.ClipTextEncoder}, its {@link
 * io.percolate.conditioning.encoder.TextEncoderConfig} and the {@link io.percolate.conditioning.encoder.TextStates} that
 * it returns.
 */
@NullMarked
package io.percolate.conditioning.encoder;

import org.jspecify.annotations.NullMarked;
