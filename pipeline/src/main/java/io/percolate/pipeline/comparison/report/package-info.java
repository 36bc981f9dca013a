/**
 * What a comparison found, and how it is told.
 *
 * <p>A {@link io.percolate.pipeline.comparison.report.ComparisonReport} has an {@link
 * io.percolate.pipeline.comparison.report.ArmReport} for each arm, with a {@link
 * io.percolate.pipeline.comparison.report.RunReport} for each seed: what it took, and the {@link
 * io.percolate.pipeline.comparison.report.ImageQuality} of what it generates, in the end and on the way. A {@link
 * io.percolate.pipeline.comparison.report.Verdict} says whether that is worth comparing, {@code Claim} what it comes to.
 * {@link io.percolate.pipeline.comparison.report.ReportFiles} writes all of it: {@code ReportText} as Markdown, {@code
 * HtmlReport} as a page with the images of a {@link io.percolate.pipeline.comparison.report.Gallery} and charts.
 */
@NullMarked
package io.percolate.pipeline.comparison.report;

import org.jspecify.annotations.NullMarked;
