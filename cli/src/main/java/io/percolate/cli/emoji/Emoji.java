package io.percolate.cli.emoji;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One emoji that there is an image of.
 *
 * @param hexcode the code points that its image is named after, such as {@code 1F44B-1F3FB}
 * @param base the hexcode of the same emoji without skin tone
 * @param tone the skin tone that the image shows, if it has one
 * @param name its name, synonyms and group
 * @param image the file of its image
 */
record Emoji(String hexcode, String base, Optional<SkinTone> tone, Name name, Path image) {

    /**
     * What an emoji is called.
     *
     * @param label such as {@code waving hand: light skin tone}
     * @param keywords such as {@code hello} and {@code bye}
     * @param nicknames those that it alone has, such as {@code cya}
     * @param group such as {@code people-body}
     * @param kind such as {@code hand-fingers-open}, the group's part
     */
    record Name(String label, List<String> keywords, List<String> nicknames, String group, String kind) {}
}
