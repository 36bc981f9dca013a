/** Textual inversions (Gal et al. 2022): vectors learned for a new token, in the forms in which they are published. */
@NullMarked
package io.percolate.weights.inversion;

import org.jspecify.annotations.NullMarked;
