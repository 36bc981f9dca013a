package io.percolate.cli.emoji;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.TestImages;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The two packages in small, laid out as npm lays them out. */
final class FakePackages {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TONES = List.of("light", "medium-light", "medium", "medium-dark", "dark");

    private final Path images;
    private final Path names;
    private final ArrayNode data = JSON.createArrayNode();
    private int painted;

    FakePackages(Path root) throws IOException {
        images = description(root.resolve("@lobehub/fluent-emoji-3d"), NpmPackage.IMAGES);
        names = description(root.resolve("emojibase-data"), NpmPackage.NAMES);
        Files.createDirectories(images.resolve("assets"));
    }

    /** An emoji without skin tones, and its image. */
    ObjectNode emoji(String hexcode, String label, String... keywords) {
        ObjectNode emoji = data.addObject();
        emoji.put("label", label).put("hexcode", hexcode).put("group", 1).put("subgroup", 2);
        ArrayNode tags = emoji.putArray("tags");
        for (String keyword : keywords) {
            tags.add(keyword);
        }
        image(hexcode.toLowerCase(Locale.ROOT));
        return emoji;
    }

    /** An emoji with its five skin tones, and the six images. */
    void emojiWithTones(String hexcode, String label) {
        ArrayNode skins = emoji(hexcode, label, "one", "two", "three").putArray("skins");
        for (int tone = 1; tone <= TONES.size(); tone++) {
            String toned = hexcode + "-1F3F" + (char) ('A' + tone);
            skins.addObject()
                    .put("label", label + ": " + TONES.get(tone - 1) + " skin tone")
                    .put("hexcode", toned)
                    .put("tone", tone);
            image(toned.toLowerCase(Locale.ROOT));
        }
    }

    /** Another image, a little darker than the one before, under the file name {@code name}. */
    void image(String name) {
        Color color = new Color(255 - painted, 0, 0);
        painted++;
        ImageFiles.writePng(images.resolve("assets/" + name + ".png"), TestImages.plain(4, 4, color));
    }

    /** Gives {@code to} the very image of {@code from}. */
    void sameImage(String from, String to) throws IOException {
        Path assets = images.resolve("assets");
        Files.write(assets.resolve(to + ".png"), Files.readAllBytes(assets.resolve(from + ".png")));
    }

    /** Gives each of two file names the image of the other. */
    void exchange(String one, String other) throws IOException {
        sameImage(one, "kept");
        sameImage(other, one);
        sameImage("kept", other);
    }

    /** What GitHub calls emoji. */
    void shortcodes(String json) throws IOException {
        Files.createDirectories(names.resolve("en/shortcodes"));
        Files.writeString(names.resolve("en/shortcodes/github.json"), json);
    }

    /** Writes the names of the emoji so far. */
    void finish() throws IOException {
        Files.createDirectories(names.resolve("en"));
        Files.createDirectories(names.resolve("meta"));
        JSON.writeValue(names.resolve("en/data.json").toFile(), data);
        Files.writeString(
                names.resolve("meta/groups.json"),
                "{\"groups\": {\"1\": \"people-body\"}, \"subgroups\": {\"2\": \"person\", \"3\": \"zodiac\"}}");
    }

    private static Path description(Path folder, NpmPackage described) throws IOException {
        Files.createDirectories(folder);
        ObjectNode json = JSON.createObjectNode().put("name", described.name()).put("version", described.version());
        JSON.writeValue(folder.resolve("package.json").toFile(), json);
        return folder;
    }
}
