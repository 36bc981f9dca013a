package io.percolate.cli.emoji;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percolate.cli.emoji.PreparationListener.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes images, {@code metadata.jsonl} and {@code NOTICE}. */
final class EmojiFolder {

    private static final String NOTICE = "NOTICE";
    private static final String TITLE = "Percolate emoji data set";

    /** Most images are skin tones of a few hundred hands and people: training sees each of them a quarter as often. */
    private static final double SKIN_TONE_WEIGHT = 0.25;

    private static final ObjectMapper JSON = new ObjectMapper();

    private EmojiFolder() {}

    /** Whether {@code folder} was written by this class. */
    static boolean isOne(Path folder) throws IOException {
        Path notice = folder.resolve(NOTICE);
        return Files.isRegularFile(notice) && Files.readString(notice).startsWith(TITLE);
    }

    /**
     * Writes {@code emoji} into {@code folder}.
     *
     * @param splits of what is not trained on, by hexcode
     */
    static void write(List<Emoji> emoji, Map<String, String> splits, Path folder, PreparationListener listener)
            throws IOException {
        List<String> rows = new ArrayList<>();
        for (Emoji one : emoji) {
            Files.copy(one.image(), folder.resolve(fileName(one)));
            rows.add(JSON.writeValueAsString(row(one, splits.getOrDefault(one.hexcode(), "train"))));
            listener.at(Stage.WRITING, rows.size(), emoji.size());
        }
        Files.write(folder.resolve("metadata.jsonl"), rows);
        try (InputStream notice = EmojiFolder.class.getResourceAsStream(NOTICE)) {
            Files.copy(notice, folder.resolve(NOTICE));
        }
    }

    private static ObjectNode row(Emoji emoji, String split) {
        ObjectNode row = JSON.createObjectNode();
        row.put("file_name", fileName(emoji));
        EmojiCaptions.of(emoji, () -> DominantColour.of(emoji.image())).forEach(row.putArray("text")::add);
        row.put("split", split);
        row.put("group", emoji.name().group());
        row.put("kind", emoji.name().kind());
        row.put("base", emoji.base());
        EverydayPrompts.of(emoji).ifPresent(prompt -> row.put("everyday", prompt));
        emoji.tone().ifPresent(tone -> row.put("variant", tone.spoken()).put("weight", SKIN_TONE_WEIGHT));
        return row;
    }

    private static String fileName(Emoji emoji) {
        String image = emoji.image().getFileName().toString();
        return emoji.hexcode().toLowerCase(Locale.ROOT) + image.substring(image.lastIndexOf('.'));
    }
}
