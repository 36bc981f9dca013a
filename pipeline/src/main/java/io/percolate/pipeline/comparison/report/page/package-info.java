/**
 * Pieces of a page that stands by itself: {@link io.percolate.pipeline.comparison.report.page.Html}, and charts, each an
 * {@link io.percolate.pipeline.comparison.report.page.SvgChart} with two {@link
 * io.percolate.pipeline.comparison.report.page.ChartScale}s.
 */
@NullMarked
package io.percolate.pipeline.comparison.report.page;

import org.jspecify.annotations.NullMarked;
