/** The server: {@link io.percolate.studio.server.StudioServer} puts everything together, and starts and stops it. */
@NullMarked
package io.percolate.studio.server;

import org.jspecify.annotations.NullMarked;
