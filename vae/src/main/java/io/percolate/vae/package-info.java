/** Percolate's vae module. */
package io.percolate.vae;
