package io.percolate.pipeline.data.emoji;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Brings names (emojibase-data) and pictures (fluent-emoji-3d) together by their code points. */
final class EmojiCatalogue {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Path> pictures;
    private final JsonNode groups;
    private final List<Emoji> emoji = new ArrayList<>();
    private final Set<String> labels = new HashSet<>();
    private final Set<String> digests = new HashSet<>();

    private EmojiCatalogue(Map<String, Path> pictures, JsonNode groups) {
        this.pictures = pictures;
        this.groups = groups;
    }

    /** The emoji that have both a name and a picture of their own, in emojibase's order, skin tones after their base. */
    static List<Emoji> of(Path picturePackage, Path namePackage) throws IOException {
        JsonNode groups = JSON.readTree(namePackage.resolve("meta/groups.json").toFile());
        EmojiCatalogue catalogue =
                new EmojiCatalogue(pictures(picturePackage.resolve("assets")), groups.path("groups"));
        for (JsonNode base : JSON.readTree(namePackage.resolve("en/data.json").toFile())) {
            catalogue.add(base, base);
            for (JsonNode variant : base.path("skins")) {
                catalogue.add(variant, base);
            }
        }
        return List.copyOf(catalogue.emoji);
    }

    private static Map<String, Path> pictures(Path assets) throws IOException {
        Map<String, Path> pictures = new HashMap<>();
        try (Stream<Path> files = Files.list(assets)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                pictures.putIfAbsent(codePoints(name.substring(0, name.lastIndexOf('.'))), file);
            }
        }
        return pictures;
    }

    /** One spelling for {@code 23-fe0f-20e3} and {@code 0023-20E3}: four digits at least, no variation selector. */
    private static String codePoints(String hexcode) {
        StringBuilder codePoints = new StringBuilder();
        for (String point : hexcode.toUpperCase(Locale.ROOT).split("[-_]")) {
            if (!point.equals("FE0F")) {
                codePoints
                        .append("0".repeat(Math.max(0, 4 - point.length())))
                        .append(point)
                        .append('-');
            }
        }
        return codePoints.toString();
    }

    private void add(JsonNode named, JsonNode base) throws IOException {
        String hexcode = named.path("hexcode").asText();
        String label = named.path("label").asText();
        Path picture = pictures.get(codePoints(hexcode));
        Optional<SkinTone> tone = tone(named.path("tone"));
        boolean nameable = tone.isPresent() || !named.has("tone");
        if (picture != null && nameable && digests.add(digest(picture)) && labels.add(label.toLowerCase(Locale.ROOT))) {
            emoji.add(new Emoji(hexcode, base.path("hexcode").asText(), tone, name(label, base), picture));
        }
    }

    /** Two people of two tones have a list here; no pictures of them exist. */
    private static Optional<SkinTone> tone(JsonNode number) {
        return number.isInt() ? Optional.of(SkinTone.values()[number.asInt() - 1]) : Optional.empty();
    }

    private Emoji.Name name(String label, JsonNode base) {
        List<String> keywords = new ArrayList<>();
        base.path("tags").forEach(tag -> keywords.add(tag.asText()));
        return new Emoji.Name(
                label, keywords, groups.path(base.path("group").asText()).asText("other"));
    }

    /** Two emoji may have the very same picture; it is kept once, under the first name. */
    private static String digest(Path picture) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(picture));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
