package io.percolate.weights.lora;

import ai.djl.ndarray.NDManager;
import io.percolate.weights.layout.ModelFamily;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.tensors.LoadReport;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.WeightsException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Low-rank updates (LoRA, Hu et al. 2021) of a U-Net and its text encoders, as kohya's trainer, diffusers and PEFT
 * write them, in safetensors or torch files.
 *
 * <p>Opening reads names, shapes and alphas. The factors are read with each tensor that they change, so that a file
 * must stay open for as long as what it was {@linkplain #mergedInto merged into} is read. Thread-safe.
 */
public final class LoraFile implements AutoCloseable {

    /**
     * In the names of every trainer: {@code lora_unet_...}, {@code ....lora_A.weight}, {@code ..._lora.down.weight}.
     */
    private static final Pattern LORA = Pattern.compile("(^|[._])lora[._]");

    private final StateDict dict;
    private final List<LoraUpdate> updates;

    private LoraFile(StateDict dict, NDManager manager) {
        this.dict = dict;
        updates = LoraReader.read(dict, manager);
    }

    /**
     * The LoRA that {@code dict} holds, and closes with; {@code manager} is used during this call only.
     *
     * @throws WeightsException if it is no LoRA, or has tensors that no update uses; the message says what it is
     */
    public static LoraFile of(StateDict dict, NDManager manager) {
        return new LoraFile(dict, manager);
    }

    /** Whether {@code dict} calls itself a LoRA; {@link #of} tells whether it is one that can be used. */
    public static boolean isLora(StateDict dict) {
        return dict.names().stream().anyMatch(LORA.asPredicate());
    }

    /** What is in the file. */
    public LoraSummary summary() {
        return new LoraSummary(
                family(),
                all(LoraUpdate::naming),
                updates.stream().collect(Collectors.groupingBy(u -> u.target().part(), Collectors.counting())),
                all(LoraUpdate::rank),
                all(LoraUpdate::alpha));
    }

    private String family() {
        return ContextWidth.of(updates)
                .flatMap(ContextWidth::family)
                .map(ModelFamily::title)
                .orElse("");
    }

    private <T> Set<T> all(Function<LoraUpdate, T> property) {
        return updates.stream().map(property).collect(Collectors.toSet());
    }

    /**
     * The weights W of {@code network}, under the names of diffusers, as W + scale * alpha / rank * up down, summed in
     * float32. A scale of 0 leaves every bit as it is. Closing the result closes {@code network}.
     *
     * @throws WeightsException unless every update for {@code part} finds its layer, and has its shape
     */
    public StateDict mergedInto(ModelPart part, StateDict network, double scale) {
        LoraFit fit = new LoraFit(part, network);
        updates.stream().filter(update -> update.target().part() == part).forEach(fit::add);
        String difference = difference(ContextWidth.of(network));
        LoadReport report = fit.report(dict.source() + difference);
        if (!report.fits()) {
            throw new WeightsException(
                    report.message() + (difference.isEmpty() ? "" : ": take one that was made for this family"));
        }
        return scale == 0 ? network : fit.merged(scale);
    }

    /** Says for which models this is, if it is for others than those that read {@code width}. */
    private String difference(Optional<ContextWidth> width) {
        Optional<ContextWidth> own = ContextWidth.of(updates);
        return own.isEmpty() || width.isEmpty() || own.equals(width)
                ? ""
                : ", which is for prompts of width " + own.get() + " and not of " + width.get() + " as here,";
    }

    /**
     * Fails if there are updates for other networks than {@code parts}.
     *
     * @throws WeightsException that names the network, and the models that this is for
     */
    public void requireParts(Set<ModelPart> parts) {
        for (LoraUpdate update : updates) {
            ModelPart part = update.target().part();
            if (!parts.contains(part)) {
                String family = family();
                throw new WeightsException(dict.source() + ": changes the " + part.folder()
                        + ", which this model does not have" + (family.isEmpty() ? "" : "; it is for " + family)
                        + ": take one that was made for this model");
            }
        }
    }

    @Override
    public void close() {
        dict.close();
    }
}
