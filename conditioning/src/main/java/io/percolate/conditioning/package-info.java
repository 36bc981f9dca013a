/** Percolate's conditioning module. */
package io.percolate.conditioning;
