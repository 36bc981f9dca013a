package io.percolate.pipeline.model.inspection;

import io.percolate.conditioning.encoder.ClipTextEncoder;
import io.percolate.diffusion.unet.UNet;
import io.percolate.files.BadFileException;
import io.percolate.pipeline.model.ModelConfigs;
import io.percolate.pipeline.model.TextPart;
import io.percolate.weights.SingleFile;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.layout.UNetInput;
import io.percolate.weights.tensors.LoadReport;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.WeightsException;
import java.util.List;

/** Looks into a single-file model, and compares its tensors with configs, which it has not itself. */
final class FileInspection {

    private final SingleFile file;
    private final ModelConfigs configs;

    FileInspection(SingleFile file, ModelConfigs configs) {
        this.file = file;
        this.configs = configs;
    }

    ModelReport report() {
        boolean usual = hasUsualSizes();
        List<PartReport> parts =
                file.family().parts().stream().map(part -> part(part, usual)).toList();
        return new ModelReport(
                file.family().title() + FolderInspection.use(UNetInput.of(file.part(ModelPart.UNET))),
                configs.sampler().process().prediction().publishedName(),
                file.hasAverage(),
                file.trainingSteps().orElse(0),
                parts,
                usual
                        ? List.of()
                        : List.of("of other sizes than its family: give a folder of its configs with --config"));
    }

    /** The first layer tells: there is no use in listing the thousand tensors of another network. */
    private boolean hasUsualSizes() {
        String first = "conv_in.weight";
        return new UNet(configs.unet())
                .shapes()
                .get(first)
                .equals(file.part(ModelPart.UNET).info(first).shape());
    }

    private PartReport part(ModelPart part, boolean compare) {
        try {
            StateDict dict = file.part(part);
            return PartReport.of(part.folder(), dict, compare ? PartReport.problem(fit(part, dict)) : "");
        } catch (BadFileException missing) {
            return PartReport.broken(part.folder(), missing.getMessage());
        }
    }

    private LoadReport fit(ModelPart part, StateDict dict) {
        return switch (part) {
            case UNET -> LoadReport.compare(dict, new UNet(configs.unet()).shapes());
            case VAE ->
                LoadReport.compare(dict, configs.vae().orElseThrow().network().shapes());
            case TEXT_ENCODER, TEXT_ENCODER_2 -> text(part);
        };
    }

    private LoadReport text(ModelPart part) {
        TextPart config = configs.text().get(part);
        if (config == null) {
            throw new WeightsException(part.folder() + ": in the file, but not in the configs");
        }
        StateDict dict = file.textEncoder(part, config.encoder().layerCount());
        return ClipTextEncoder.compare(config.encoder(), dict);
    }
}
