/**
 * The {@code percolate} command.
 *
 * <p>{@link io.percolate.cli.Percolate} names the commands. Each is a class that reads its options, calls the library and
 * prints the result; {@code GenerateCommand} is the one to read first. Results go to stdout, progress and failures
 * to stderr, in the way that {@link io.percolate.command} says.
 */
@NullMarked
package io.percolate.cli;

import org.jspecify.annotations.NullMarked;
