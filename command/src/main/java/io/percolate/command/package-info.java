/**
 * What the programs behind the {@code percolate} command share, so that all of them fail in the same words and with the
 * same exit codes. {@link io.percolate.command.CommandProgram} runs a command; {@link io.percolate.command.options} has the
 * options that several commands take.
 */
@NullMarked
package io.percolate.command;

import org.jspecify.annotations.NullMarked;
