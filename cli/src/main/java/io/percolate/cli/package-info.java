/**
 * The {@code percolate} command.
 *
 * <p>{@link io.percolate.cli.Percolate} names the commands. Each is a class that reads its options, calls the library and
 * prints the result; {@code GenerateCommand} is the one to read first. Results go to stdout, progress and {@code
 * Failures} to stderr. Exit codes: 0, 1 for failures, 2 for wrong usage, which includes every {@link
 * java.lang.IllegalArgumentException} of the library.
 */
@NullMarked
package io.percolate.cli;

import org.jspecify.annotations.NullMarked;
