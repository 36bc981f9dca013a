/**
 * {@code percolate serve}: a web page and an HTTP API in front of the models.
 *
 * <p>{@link io.percolate.studio.server.StudioServer} puts everything together: {@code http} guards requests and answers
 * them, {@code request} turns them into generation requests within limits, {@code work} has the queues and workers. Each
 * interface is a package of its own: {@code api} is Percolate's, which the page uses beside {@code gallery}, {@code
 * explain} and {@code runs}; {@code openai} and {@code automatic} are those that other clients already speak. The page is
 * a handful of ES modules and a style sheet among the resources.
 */
@NullMarked
package io.percolate.studio;

import org.jspecify.annotations.NullMarked;
