package io.percolate.pipeline.model;

import ai.djl.ndarray.NDManager;
import io.percolate.pipeline.model.LoadOptions.Weights;
import io.percolate.weights.SingleFile;
import io.percolate.weights.WeightFile;
import io.percolate.weights.layout.LegacyKeys;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.lora.LoraFile;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.WeightsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Where the tensors of a model come from, under the names of diffusers. */
sealed interface ModelWeights extends AutoCloseable {

    /** The denoiser. */
    StateDict unet(Weights weights);

    /** The autoencoder. */
    StateDict vae();

    /** A text encoder, its first {@code layers} layers. */
    StateDict text(ModelPart part, int layers);

    @Override
    void close();

    /** A folder for each part. */
    record Folder(Path path, List<StateDict> opened) implements ModelWeights {

        private static final String TEXT_MODEL = "text_model.";
        private static final String POSITIONS = "text_model.embeddings.position_ids";
        private static final String PROJECTION = "text_projection.";

        Folder(Path path) {
            this(path, new ArrayList<>());
        }

        @Override
        public StateDict unet(Weights weights) {
            if (weights == Weights.AVERAGED) {
                throw new WeightsException(
                        path + ": averaged (EMA) weights are asked for, but a folder has one kind: leave it out");
            }
            return open(ModelPart.UNET);
        }

        @Override
        public StateDict vae() {
            return LegacyKeys.current(open(ModelPart.VAE));
        }

        /** Under the names that every version of transformers reads; the newest writes them without the prefix. A buffer of
         * positions, 0 to 76, is no weight. */
        @Override
        public StateDict text(ModelPart part, int layers) {
            StateDict dict = open(part);
            boolean complete = dict.names().stream().anyMatch(name -> name.startsWith(TEXT_MODEL));
            return dict.renamed(name -> complete || name.startsWith(PROJECTION) ? name : TEXT_MODEL + name)
                    .without(POSITIONS);
        }

        private StateDict open(ModelPart part) {
            StateDict dict = WeightFile.open(path.resolve(part.folder()));
            opened.add(dict);
            return dict;
        }

        @Override
        public void close() {
            opened.forEach(StateDict::close);
        }
    }

    /** All parts in one file. */
    record Single(SingleFile file) implements ModelWeights {

        @Override
        public StateDict unet(Weights weights) {
            return weights == Weights.AVERAGED ? file.averagedUNet() : file.part(ModelPart.UNET);
        }

        @Override
        public StateDict vae() {
            return file.part(ModelPart.VAE);
        }

        @Override
        public StateDict text(ModelPart part, int layers) {
            return file.textEncoder(part, layers);
        }

        @Override
        public void close() {
            file.close();
        }
    }

    /** The parts of {@code model}, but another denoiser. */
    record OtherUNet(ModelWeights model, StateDict tensors) implements ModelWeights {

        @Override
        public StateDict unet(Weights weights) {
            return tensors;
        }

        @Override
        public StateDict vae() {
            return model.vae();
        }

        @Override
        public StateDict text(ModelPart part, int layers) {
            return model.text(part, layers);
        }

        @Override
        public void close() {
            tensors.close();
            model.close();
        }
    }

    /** The parts of {@code model}, but the autoencoder of another folder or file. */
    record OtherVae(ModelWeights model, Path path, List<StateDict> opened) implements ModelWeights {

        OtherVae(ModelWeights model, Path path) {
            this(model, path, new ArrayList<>());
        }

        @Override
        public StateDict unet(Weights weights) {
            return model.unet(weights);
        }

        @Override
        public StateDict vae() {
            StateDict dict = SingleFile.openVae(path);
            opened.add(dict);
            return dict;
        }

        @Override
        public StateDict text(ModelPart part, int layers) {
            return model.text(part, layers);
        }

        @Override
        public void close() {
            opened.forEach(StateDict::close);
            model.close();
        }
    }

    /** The parts of {@code model} with {@code loras} merged into them, {@code texts} being its text encoders. */
    record Adapted(ModelWeights model, Set<ModelPart> texts, List<OpenLora> loras) implements ModelWeights {

        /** An open file, and how much of it to merge. */
        record OpenLora(LoraFile file, double scale) {}

        /** Opens the files, which are closed with {@code manager}; without any, this is {@code model} itself. */
        static ModelWeights of(ModelWeights model, Set<ModelPart> texts, List<Lora> loras, NDManager manager) {
            List<OpenLora> opened = new ArrayList<>();
            for (Lora lora : loras) {
                LoraFile file = WeightFile.openLora(lora.file(), manager);
                manager.attachInternal("LoRA " + opened.size(), file);
                opened.add(new OpenLora(file, lora.scale()));
            }
            return opened.isEmpty() ? model : new Adapted(model, texts, opened);
        }

        /** Every file must fit the model as a whole, of which each has the denoiser. */
        @Override
        public StateDict unet(Weights weights) {
            StateDict merged = merged(ModelPart.UNET, LegacyKeys.current(model.unet(weights)));
            Set<ModelPart> parts = EnumSet.of(ModelPart.UNET);
            parts.addAll(texts);
            loras.forEach(lora -> lora.file.requireParts(parts));
            return merged;
        }

        @Override
        public StateDict vae() {
            return model.vae();
        }

        @Override
        public StateDict text(ModelPart part, int layers) {
            return merged(part, model.text(part, layers));
        }

        private StateDict merged(ModelPart part, StateDict network) {
            StateDict merged = network;
            for (OpenLora lora : loras) {
                merged = lora.file.mergedInto(part, merged, lora.scale);
            }
            return merged;
        }

        @Override
        public void close() {
            model.close();
        }
    }
}
