/** The bar on stderr that shows how far a command is. */
@NullMarked
package io.percolate.command.progress;

import org.jspecify.annotations.NullMarked;
