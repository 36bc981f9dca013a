/** Percolate's weights module. */
package io.percolate.weights;
