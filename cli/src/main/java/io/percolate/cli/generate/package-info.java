/**
 * {@code percolate generate}. {@link io.percolate.cli.generate.GenerateCommand} builds a request from its groups of
 * options, each of which applies itself ({@code PromptOptions}, {@code SamplingOptions}, {@code ImageOptions}, {@code
 * InitImageOptions}), and {@code ResultOptions} says where the images go.
 */
@NullMarked
package io.percolate.cli.generate;

import org.jspecify.annotations.NullMarked;
