/**
 * The emoji data set: {@link io.percolate.cli.emoji.EmojiDataset} fetches two packages ({@code
 * PackageSource}), brings images and names together ({@code EmojiCatalogue}, {@code ImagedTones}), puts them into words ({@code
 * EmojiCaptions}), keeps some back ({@code HeldOut}) and writes an ordinary data-set folder ({@code EmojiFolder}).
 */
@NullMarked
package io.percolate.cli.emoji;

import org.jspecify.annotations.NullMarked;
