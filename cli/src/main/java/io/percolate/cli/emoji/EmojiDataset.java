package io.percolate.cli.emoji;

import io.percolate.cli.emoji.PreparationListener.Stage;
import io.percolate.pipeline.data.DatasetException;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Prepares a data set of about 3,400 emoji, 256x256 with transparency, from two packages of the npm registry: the
 * images of {@code @lobehub/fluent-emoji-3d} (Microsoft's Fluent Emoji, MIT) and the names and keywords of
 * {@code emojibase-data} (MIT).
 *
 * <p>The folder has the images as they were published, {@code metadata.jsonl} with several captions for each, a
 * {@code split} in trained, held out and unseen, the {@code group} and {@code kind}, the {@code base} (hexcode of the emoji without skin
 * tone), an {@code everyday} prompt for 200
 * of them, for variants of the skin tone the {@code variant} and a {@code weight} that makes them rarer in training, and
 * a {@code NOTICE} about the licences.
 */
public final class EmojiDataset {

    /**
     * What was prepared.
     *
     * @param images in all
     * @param heldOut images that are not trained on
     * @param withoutSkinTone images of emoji that have no skin tone
     */
    public record Summary(int images, int heldOut, int withoutSkinTone) {}

    private final PackageSource source;
    private final Optional<String> kind;

    private EmojiDataset(PackageSource source, Optional<String> kind) {
        this.source = source;
        this.kind = kind;
    }

    /** Fetches the packages with the installed {@code npm}. */
    public static EmojiDataset fetched() {
        return new EmojiDataset(NpmPack.installed(), Optional.empty());
    }

    /** Takes the packages from a folder that has them unpacked somewhere inside, such as a {@code node_modules}. */
    public static EmojiDataset from(Path packages) {
        return new EmojiDataset(new UnpackedPackages(packages), Optional.empty());
    }

    /** Only the emoji of one kind (Unicode's subgroup, such as {@code zodiac}), all of them to train on. */
    public EmojiDataset ofKind(String name) {
        return new EmojiDataset(source, Optional.of(name));
    }

    /**
     * Prepares the data set in {@code out}, which appears when it is complete and not before. An earlier emoji data
     * set there is replaced.
     *
     * @throws DatasetException if {@code out} holds something else, or the packages cannot be had
     */
    public Summary prepare(Path out, PreparationListener listener) {
        try (Staging staging = Staging.of(out.toAbsolutePath())) {
            List<Emoji> emoji = emoji(staging.workspace(), listener);
            Map<String, String> splits = kind.isPresent() ? Map.of() : HeldOut.splits(emoji);
            EmojiFolder.write(emoji, splits, staging.result(), listener);
            staging.publish();
            return summary(out);
        } catch (IOException failure) {
            throw new DatasetException("the emoji data set cannot be prepared in " + out + ": " + failure, failure);
        }
    }

    private List<Emoji> emoji(Path workspace, PreparationListener listener) throws IOException {
        listener.at(Stage.FETCHING, 0, 2);
        Path images = source.folder(NpmPackage.IMAGES, workspace);
        listener.at(Stage.FETCHING, 1, 2);
        Path names = source.folder(NpmPackage.NAMES, workspace);
        listener.at(Stage.FETCHING, 2, 2);
        List<Emoji> emoji = EmojiCatalogue.of(images, names);
        if (emoji.isEmpty()) {
            throw new DatasetException("no image in " + images + " has a name in " + names);
        }
        return kind.map(name -> ofKind(emoji, name)).orElse(emoji);
    }

    private static List<Emoji> ofKind(List<Emoji> all, String name) {
        List<Emoji> wanted =
                all.stream().filter(emoji -> emoji.name().kind().equals(name)).toList();
        if (wanted.isEmpty()) {
            String kinds =
                    all.stream().map(emoji -> emoji.name().kind()).distinct().collect(Collectors.joining(", "));
            throw new DatasetException("no emoji is of kind '" + name + "': use one of " + kinds);
        }
        return wanted;
    }

    private static Summary summary(Path out) {
        ImageDataset dataset = ImageDataset.open(out);
        return new Summary(
                dataset.size(),
                dataset.split(Split.HELD_OUT).size(),
                dataset.where(entry -> entry.variant().isEmpty()).size());
    }
}
