/**
 * Images that stay: {@link io.percolate.studio.gallery.Gallery} is a folder of PNG files that carry their own settings,
 * {@link io.percolate.studio.gallery.RecentImages} keeps some in memory for those who ask for an address.
 */
@NullMarked
package io.percolate.studio.gallery;

import org.jspecify.annotations.NullMarked;
