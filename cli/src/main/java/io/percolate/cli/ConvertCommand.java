package io.percolate.cli;

import io.percolate.command.options.LoraOptions;
import io.percolate.command.options.PrecisionName;
import io.percolate.nn.engine.Precision;
import io.percolate.pipeline.model.Conversion;
import io.percolate.pipeline.model.Lora;
import io.percolate.weights.tensors.ElementType;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code percolate convert}. */
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        description = "Write a model as one .safetensors file or as a diffusers folder, and print its path.")
final class ConvertCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "IN", description = "model folder, .safetensors or .ckpt")
    private Path source;

    @Parameters(index = "1", paramLabel = "OUT", description = "a name ending in .safetensors, or a folder")
    private Path target;

    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            converter = PrecisionName.class,
            description = "number type of the weights: fp32, bf16 or fp16 (default: as in IN)")
    private Precision precision;

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description = "folder of the configs of a single file, if its sizes are unusual")
    private Path configs;

    @Option(names = "--ema", description = "use the averaged (EMA) weights of the denoiser, if the checkpoint has them")
    private boolean averaged;

    @Mixin
    private LoraOptions loras;

    @Override
    public Integer call() {
        Conversion conversion = Conversion.of(source);
        conversion = configs == null ? conversion : conversion.withConfigs(configs);
        conversion = averaged ? conversion.withAveragedWeights() : conversion;
        conversion = precision == null ? conversion : conversion.withType(type(precision));
        for (Lora lora : loras.all()) {
            conversion = conversion.withLora(lora.file(), lora.scale());
        }
        conversion.to(target);
        spec.commandLine().getOut().println(target);
        return 0;
    }

    private static ElementType type(Precision precision) {
        return switch (precision) {
            case FP32 -> ElementType.F32;
            case BF16 -> ElementType.BF16;
            case FP16 -> ElementType.F16;
        };
    }
}
