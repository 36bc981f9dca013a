package io.percolate.cli.emoji;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The images that no model is trained on: whether a model generates them shows whether it combines what it learned.
 *
 * <p>64 emoji, spread evenly over those with skin tones (persons, men and women of every kind), give up one of
 * their five tones each, in turn. Every one of these emoji is still seen in its other
 * tones, and every tone on other emoji. And the signs of the zodiac are a kind that is not seen at all, so that it can
 * be taught to a trained model.
 */
final class HeldOut {

    private static final int COUNT = 64;
    private static final String UNSEEN_KIND = "zodiac";

    private HeldOut() {}

    /** The metadata's {@code split} by hexcode, of all that is not trained on. */
    static Map<String, String> splits(List<Emoji> all) {
        Map<String, String> splits = new HashMap<>();
        hexcodes(all).forEach(hexcode -> splits.put(hexcode, "heldout"));
        all.stream()
                .filter(emoji -> emoji.name().kind().equals(UNSEEN_KIND))
                .forEach(emoji -> splits.put(emoji.hexcode(), "unseen"));
        return splits;
    }

    /** The hexcodes that are held out of {@code all}. */
    static Set<String> hexcodes(List<Emoji> all) {
        List<List<Emoji>> families = families(all);
        int count = Math.min(COUNT, families.size());
        Set<String> heldOut = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            List<Emoji> tones = families.get(i * families.size() / count);
            heldOut.add(tones.get(i % tones.size()).hexcode());
        }
        return heldOut;
    }

    /** The tones of each emoji that has all five. */
    private static List<List<Emoji>> families(List<Emoji> all) {
        Map<String, List<Emoji>> families = new LinkedHashMap<>();
        all.stream().filter(emoji -> emoji.tone().isPresent()).forEach(emoji -> families.computeIfAbsent(
                        emoji.base(), base -> new ArrayList<>())
                .add(emoji));
        return families.values().stream()
                .filter(tones -> tones.size() == SkinTone.values().length)
                .toList();
    }
}
