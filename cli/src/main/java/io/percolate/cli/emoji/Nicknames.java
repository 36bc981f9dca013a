package io.percolate.cli.emoji;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What else an emoji is called: keywords and shortcodes ({@code red_car} of GitHub, {@code tears_of_joy}) that belong to
 * one emoji alone. What two share says what they have in common, not what either is.
 */
final class Nicknames {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SHORTCODES = List.of("emojibase", "joypixels", "github", "iamcal");
    private static final Pattern WORDS = Pattern.compile("[a-z][a-z' -]{2,}");
    private static final Pattern COUNTRY_CODE = Pattern.compile("flag[ -][a-z]+");

    private final Set<String> labels = new LinkedHashSet<>();
    private final Owners keywords = new Owners();
    private final Owners shortcodes = new Owners();

    private Nicknames() {}

    /** Those of all {@code emoji} (of emojibase's {@code data.json}); shortcodes of {@code language} are optional. */
    static Nicknames of(JsonNode emoji, Path language) throws IOException {
        Nicknames nicknames = new Nicknames();
        for (JsonNode one : emoji) {
            nicknames.labels.add(one.path("label").asText().toLowerCase(Locale.ROOT));
            one.path("tags").forEach(tag -> nicknames.keywords.add(tag.asText(), hexcode(one)));
        }
        for (String source : SHORTCODES) {
            nicknames.readShortcodes(emoji, language.resolve("shortcodes/" + source + ".json"));
        }
        return nicknames;
    }

    private void readShortcodes(JsonNode emoji, Path file) throws IOException {
        if (Files.exists(file)) {
            JsonNode codes = JSON.readTree(file.toFile());
            for (JsonNode one : emoji) {
                JsonNode own = codes.path(hexcode(one));
                (own.isTextual() ? List.of(own) : own).forEach(code -> shortcodes.add(code.asText(), hexcode(one)));
            }
        }
    }

    /** The nicknames of the emoji with this hexcode, none of which is the label of any emoji. */
    List<String> of(String hexcode) {
        Set<String> own = new LinkedHashSet<>(shortcodes.ownedBy(hexcode));
        own.addAll(keywords.ownedBy(hexcode));
        own.removeAll(labels);
        return List.copyOf(own);
    }

    private static String hexcode(JsonNode emoji) {
        return emoji.path("hexcode").asText();
    }

    /** Which emoji have a name. */
    private static final class Owners {

        private final Map<String, Set<String>> byName = new HashMap<>();
        private final Map<String, List<String>> byOwner = new HashMap<>();

        void add(String spelled, String owner) {
            String name = spelled.toLowerCase(Locale.ROOT).replace('_', ' ').replace('\u2019', '\'');
            boolean isWords = WORDS.matcher(name).matches();
            if (isWords && !COUNTRY_CODE.matcher(name).matches()) {
                byName.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(owner);
                byOwner.computeIfAbsent(owner, key -> new ArrayList<>()).add(name);
            }
        }

        List<String> ownedBy(String owner) {
            return byOwner.getOrDefault(owner, List.of()).stream()
                    .filter(name -> byName.get(name).size() == 1)
                    .toList();
        }
    }
}
