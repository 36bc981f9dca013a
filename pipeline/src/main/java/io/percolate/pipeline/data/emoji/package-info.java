/**
 * The emoji data set: {@link io.percolate.pipeline.data.emoji.EmojiDataset} fetches two packages ({@code
 * PackageSource}), brings pictures and names together ({@code EmojiCatalogue}, {@code PicturedTones}), puts them into words ({@code
 * EmojiCaptions}), keeps some back ({@code HeldOut}) and writes an ordinary data-set folder ({@code EmojiFolder}).
 */
package io.percolate.pipeline.data.emoji;
