/**
 * Progress bars on stderr: one line of at most 79 columns each, which counts what is really counted ({@code BarText}).
 */
@NullMarked
package io.percolate.cli.progress;

import org.jspecify.annotations.NullMarked;
