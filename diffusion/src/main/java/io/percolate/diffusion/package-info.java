/** Percolate's diffusion module. */
package io.percolate.diffusion;
