/**
 * What several commands share: groups of options ({@code ModelOptions}, {@code LoraOptions}, {@code FeatureOptions}), and
 * readers that turn words into types and answer a wrong word with the right ones ({@code ConstantName}, {@code SizeText},
 * {@code DeviceName}).
 */
@NullMarked
package io.percolate.command.options;

import org.jspecify.annotations.NullMarked;
