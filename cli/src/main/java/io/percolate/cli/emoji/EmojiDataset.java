package io.percolate.cli.emoji;

import io.percolate.cli.emoji.PreparationListener.Stage;
import io.percolate.pipeline.data.DatasetException;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Prepares a data set of about 3,400 emoji, 256x256 with transparency, from two packages of the npm registry: the
 * images of {@code @lobehub/fluent-emoji-3d} (Microsoft's Fluent Emoji, MIT) and the names and keywords of
 * {@code emojibase-data} (MIT).
 *
 * <p>The folder has the images as they were published, {@code metadata.jsonl} with several captions for each, a
 * {@code split} in trained and held out, the {@code group}, the {@code base} (hexcode of the emoji without skin
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

    EmojiDataset(PackageSource source) {
        this.source = source;
    }

    /** Fetches the packages with the installed {@code npm}. */
    public static EmojiDataset fetched() {
        return new EmojiDataset(NpmPack.installed());
    }

    /** Takes the packages from a folder that has them unpacked somewhere inside, such as a {@code node_modules}. */
    public static EmojiDataset from(Path packages) {
        return new EmojiDataset(new UnpackedPackages(packages));
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
            EmojiFolder.write(emoji, staging.result(), listener);
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
        return emoji;
    }

    private static Summary summary(Path out) {
        ImageDataset dataset = ImageDataset.open(out);
        return new Summary(
                dataset.size(),
                dataset.split(Split.HELD_OUT).size(),
                dataset.where(entry -> entry.variant().isEmpty()).size());
    }
}
