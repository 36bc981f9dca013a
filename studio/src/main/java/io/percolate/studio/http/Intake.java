package io.percolate.studio.http;

import io.percolate.studio.request.Limits;
import io.percolate.studio.work.Catalogue;
import io.percolate.studio.work.WorkQueues;

/**
 * What every interface takes requests in with.
 *
 * @param catalogue the models there are
 * @param queues where work waits
 * @param body reads what clients send
 * @param limits the most that a request may ask for
 */
public record Intake(Catalogue catalogue, WorkQueues queues, RequestBody body, Limits limits) {}
