/**
 * {@code percolate cluster generate}: a table of requests to images and a table of results. The driver reads the requests
 * and gives each without a seed its row number; a task generates some of them with the model that its process holds, and
 * writes files that are named after the request, so that a repeated task finds or writes the same ones.
 */
@NullMarked
package io.percolate.cluster.generate;

import org.jspecify.annotations.NullMarked;
