/**
 * The part of OpenAI's interface that makes images, for clients that speak it: {@link
 * io.percolate.studio.openai.OpenAiRoutes}.
 */
@NullMarked
package io.percolate.studio.openai;

import org.jspecify.annotations.NullMarked;
