package io.percolate.cli.emoji;

import java.util.Locale;

/** The five skin tones of emoji, in the order of their numbers in emojibase (from 1). */
enum SkinTone {
    LIGHT,
    MEDIUM_LIGHT,
    MEDIUM,
    MEDIUM_DARK,
    DARK;

    /** Such as {@code medium-dark}. */
    String spoken() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
