/**
 * A {@link io.percolate.pipeline.Pipeline} behind the image interfaces of others, each a class that needs the library it is
 * for: {@link io.percolate.frameworks.LangChain4jImageModel}, {@link io.percolate.frameworks.SpringAiImageModel} and
 * {@link io.percolate.frameworks.DjlModelZoo}.
 */
@NullMarked
package io.percolate.frameworks;

import org.jspecify.annotations.NullMarked;
