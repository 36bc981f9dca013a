package io.percolate.cli;

import io.percolate.cli.emoji.EmojiDataset;
import io.percolate.cli.progress.PreparationBar;
import io.percolate.command.options.JsonText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code percolate dataset emoji}. */
@Command(
        name = "emoji",
        mixinStandardHelpOptions = true,
        description = "Fetch about 3,400 emoji (Fluent Emoji 3D, MIT) over the network with npm, caption them by their"
                + " names and keywords, and print the folder.")
final class DatasetEmojiCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "new folder for the data set")
    private Path out;

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "folder that has the npm packages unpacked: neither npm nor the network is needed")
    private Path from;

    @Option(
            names = "--kind",
            paramLabel = "NAME",
            description = "only the emoji of one kind, all of them to train on: zodiac is what is marked as unseen"
                    + " otherwise, to teach it to a model by a LoRA")
    private String kind;

    @Option(names = "--json", description = "print one JSON object instead of the folder")
    private boolean json;

    @Override
    public Integer call() {
        EmojiDataset all = from == null ? EmojiDataset.fetched() : EmojiDataset.from(from);
        EmojiDataset emoji = kind == null ? all : all.ofKind(kind);
        EmojiDataset.Summary summary;
        try (PreparationBar bar = new PreparationBar()) {
            summary = emoji.prepare(out, bar);
        }
        spec.commandLine().getErr().println(sentence(summary));
        spec.commandLine().getOut().println(json ? report(summary) : out.toString());
        return 0;
    }

    private static String sentence(EmojiDataset.Summary summary) {
        return "%d images, %d of them held out, %d without skin tone"
                .formatted(summary.images(), summary.heldOut(), summary.withoutSkinTone());
    }

    private String report(EmojiDataset.Summary summary) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("folder", out.toString());
        report.put("images", summary.images());
        report.put("heldOut", summary.heldOut());
        report.put("withoutSkinTone", summary.withoutSkinTone());
        return JsonText.of(report);
    }
}
