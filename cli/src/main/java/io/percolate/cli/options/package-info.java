/**
 * What several commands of this module take: {@code TrainingLength}, {@code EqualityName} and
 * {@code ClockName}.
 */
@NullMarked
package io.percolate.cli.options;

import org.jspecify.annotations.NullMarked;
