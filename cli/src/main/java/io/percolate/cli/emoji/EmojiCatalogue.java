package io.percolate.cli.emoji;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Brings names (emojibase-data) and images (fluent-emoji-3d) together by their code points. */
final class EmojiCatalogue {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EmojiImages images;
    private final JsonNode groups;
    private final Nicknames nicknames;
    private final List<Emoji> emoji = new ArrayList<>();
    private final Set<String> labels = new HashSet<>();
    private final Set<String> digests = new HashSet<>();

    private EmojiCatalogue(EmojiImages images, JsonNode groups, Nicknames nicknames) {
        this.images = images;
        this.groups = groups;
        this.nicknames = nicknames;
    }

    /** The emoji that have both a name and an image of their own, in emojibase's order, skin tones after their base. */
    static List<Emoji> of(Path imagePackage, Path namePackage) throws IOException {
        JsonNode groups = JSON.readTree(namePackage.resolve("meta/groups.json").toFile());
        Path language = namePackage.resolve("en");
        JsonNode bases = JSON.readTree(language.resolve("data.json").toFile());
        EmojiImages images = EmojiImages.in(imagePackage.resolve("assets"));
        EmojiCatalogue catalogue = new EmojiCatalogue(images, groups, Nicknames.of(bases, language));
        for (JsonNode base : bases) {
            catalogue.add(base);
        }
        return List.copyOf(catalogue.emoji);
    }

    private void add(JsonNode base) throws IOException {
        Optional<Path> image = image(base);
        if (image.isPresent()) {
            String hexcode = base.path("hexcode").asText();
            add(new Emoji(hexcode, hexcode, Optional.empty(), name(base, base), image.get()));
        }
        List<JsonNode> variants = variants(base);
        if (variants.size() == SkinTone.values().length) {
            addTones(base, variants);
        }
    }

    private void addTones(JsonNode base, List<JsonNode> variants) throws IOException {
        List<Path> named =
                variants.stream().map(variant -> image(variant).orElseThrow()).toList();
        List<SkinTone> shown = DetectedTones.of(named);
        for (int i = 0; i < named.size(); i++) {
            SkinTone tone = shown.get(i);
            Emoji.Name name = name(variants.get(tone.ordinal()), base);
            String hexcode = variants.get(i).path("hexcode").asText();
            add(new Emoji(hexcode, base.path("hexcode").asText(), Optional.of(tone), name, named.get(i)));
        }
    }

    private void add(Emoji one) throws IOException {
        String label = one.name().label().toLowerCase(Locale.ROOT);
        if (!labels.contains(label) && digests.add(digest(one.image()))) {
            labels.add(label);
            emoji.add(one);
        }
    }

    /** The five of one skin tone; there are no images of two people of two tones, which have a list of numbers. */
    private List<JsonNode> variants(JsonNode base) {
        List<JsonNode> variants = new ArrayList<>();
        for (JsonNode variant : base.path("skins")) {
            if (variant.path("tone").isInt() && image(variant).isPresent()) {
                variants.add(variant);
            }
        }
        variants.sort(Comparator.comparing(variant -> variant.path("tone").asInt()));
        return variants;
    }

    private Optional<Path> image(JsonNode named) {
        return images.of(named.path("hexcode").asText());
    }

    private Emoji.Name name(JsonNode named, JsonNode base) {
        List<String> keywords = new ArrayList<>();
        base.path("tags").forEach(tag -> keywords.add(tag.asText()));
        return new Emoji.Name(
                named.path("label").asText(),
                keywords,
                nicknames.of(base.path("hexcode").asText()),
                group("groups", base.path("group")),
                group("subgroups", base.path("subgroup")));
    }

    private String group(String level, JsonNode number) {
        return groups.path(level).path(number.asText()).asText("other");
    }

    /** Two emoji may have the very same image; it is kept once, under the first name. */
    private static String digest(Path image) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(image));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
