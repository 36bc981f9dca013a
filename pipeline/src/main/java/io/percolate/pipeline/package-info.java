/** Percolate's pipeline module. */
package io.percolate.pipeline;
