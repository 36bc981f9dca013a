/**
 * What every route shares: bodies read within limits ({@link io.percolate.studio.http.RequestBody}), answers, streams of
 * events, failures as texts without paths ({@link io.percolate.studio.http.FailureAnswer}), and the guards that a request
 * passes before any route sees it ({@link io.percolate.studio.http.Guards}).
 */
@NullMarked
package io.percolate.studio.http;

import org.jspecify.annotations.NullMarked;
