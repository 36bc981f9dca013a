/**
 * The emoji data set: {@link io.percolate.cli.emoji.EmojiDataset} fetches two packages ({@code PackageSource}), brings images
 * and names together ({@code EmojiCatalogue}, {@code DetectedTones}), writes captions ({@code EmojiCaptions}), holds some
 * images out ({@code HeldOut}) and writes an ordinary data-set folder ({@code EmojiFolder}).
 */
@NullMarked
package io.percolate.cli.emoji;

import org.jspecify.annotations.NullMarked;
