/**
 * The {@code percolate} command.
 *
 * <p>{@link io.percolate.cli.Percolate} names the commands; each is a class, {@code GenerateCommand} the one to
 * read first. Options that belong together are classes of their own ({@code ModelOptions}, {@code PromptOptions},
 * {@code SamplingOptions}, {@code ImageOptions}, {@code StartOptions}, {@code ResultOptions}, {@code TrainingOptions}), and {@code Choices} turns words into types.
 * Results go to stdout, progress and {@code Failures} to stderr. Exit codes: 0, 1 for failures, 2 for wrong usage,
 * which includes every {@link java.lang.IllegalArgumentException} of the library.
 */
package io.percolate.cli;
