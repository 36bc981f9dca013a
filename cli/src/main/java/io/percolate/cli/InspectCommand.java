package io.percolate.cli;

import io.percolate.command.options.JsonText;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ParameterText;
import io.percolate.pipeline.model.inspection.Inspection;
import io.percolate.pipeline.model.inspection.ModelReport;
import io.percolate.pipeline.model.inspection.PartReport;
import io.percolate.weights.lora.LoraSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code percolate inspect}. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = "Tell what parts a model has and what is missing or unexpected, what a LoRA changes, or how an"
                + " image was generated.")
final class InspectCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE|DIR",
            description = "model folder, .safetensors, .ckpt, LoRA, ControlNet, or generated image")
    private Path path;

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description = "folder of the configs of a single file, if its sizes are unusual")
    private Path configs;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Override
    public Integer call() {
        if (ImageFiles.isImage(path)) {
            ParameterText text = ImageFiles.readText(path)
                    .orElseThrow(() -> new IllegalStateException(path + " does not say how it was generated"));
            print(json ? JsonText.of(text) : text.format());
            return 0;
        }
        Optional<LoraSummary> lora = Inspection.lora(path);
        if (lora.isPresent()) {
            print(json ? JsonText.of(lora.get()) : table(lora.get()));
            return 0;
        }
        ModelReport report = Inspection.of(path, Optional.ofNullable(configs));
        print(json ? JsonText.of(report) : table(report));
        return 0;
    }

    private void print(String text) {
        spec.commandLine().getOut().println(text);
    }

    private static String table(ModelReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(row("family", report.family()));
        lines.add(row("predicts", report.prediction().isEmpty() ? "not told by the file" : report.prediction()));
        lines.add(row("averaged", report.averaged() ? "EMA weights of the denoiser" : "no EMA weights"));
        if (report.trainSteps() > 0) {
            lines.add(row("trained", report.trainSteps() + " steps"));
        }
        report.parts().forEach(part -> lines.add(row(part.name(), line(part))));
        report.problems().forEach(problem -> lines.add(row("problem", problem)));
        lines.add(row("complete", report.complete() ? "yes" : "no"));
        return String.join(System.lineSeparator(), lines);
    }

    private static String table(LoraSummary lora) {
        List<String> lines = new ArrayList<>();
        lines.add(row("family", lora.family().isEmpty() ? "LoRA" : "LoRA for " + lora.family()));
        lines.add(row("naming", lora.naming().toString()));
        lines.add(row("ranks", lora.ranks().toString()));
        lines.add(row("alphas", lora.alphas().toString()));
        lora.updates().forEach((part, count) -> lines.add(row(part.folder(), count + " layers")));
        return String.join(System.lineSeparator(), lines);
    }

    private static String line(PartReport part) {
        String types = part.types().stream().map(Enum::name).collect(Collectors.joining("+"));
        String size = "%,d parameters in %d tensors, %s, %.1f MB"
                .formatted(part.parameters(), part.tensors(), types, part.bytes() / 1e6);
        return part.fits() ? size : part.tensors() == 0 ? part.problem() : size + "; " + part.problem();
    }

    private static String row(String name, String value) {
        return "%-15s %s".formatted(name, value);
    }
}
