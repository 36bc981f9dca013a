package io.percolate.weights.layout;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** The families of models that are published as single files. */
public enum ModelFamily {

    /** Stable Diffusion 1: the text encoder is CLIP ViT-L. */
    SD1(
            "Stable Diffusion 1",
            768,
            "class_embedding",
            Map.of(ModelPart.TEXT_ENCODER, new Section("cond_stage_model.transformer.", new ClipLayout()))),

    /** Stable Diffusion 2: the text encoder is OpenCLIP ViT-H, without its last layer. */
    SD2(
            "Stable Diffusion 2",
            1024,
            "class_embedding",
            Map.of(ModelPart.TEXT_ENCODER, new Section("cond_stage_model.model.", new OpenClipLayout(true)))),

    /** Stable Diffusion XL base: CLIP ViT-L beside OpenCLIP ViT-bigG. */
    SDXL(
            "Stable Diffusion XL",
            2048,
            "add_embedding",
            Map.of(
                    ModelPart.TEXT_ENCODER,
                    new Section("conditioner.embedders.0.transformer.", new ClipLayout()),
                    ModelPart.TEXT_ENCODER_2,
                    new Section("conditioner.embedders.1.model.", new OpenClipLayout(false))));

    /** Where a part is in a single file: what its names begin with, and how they go on. */
    public record Section(String prefix, Layout layout) {}

    private final String title;
    private final int contextWidth;
    private final Map<ModelPart, Section> sections = new EnumMap<>(ModelPart.class);

    ModelFamily(String title, int contextWidth, String labelEmbedding, Map<ModelPart, Section> textEncoders) {
        this.title = title;
        this.contextWidth = contextWidth;
        sections.put(ModelPart.UNET, new Section("model.diffusion_model.", new UNetLayout(labelEmbedding)));
        sections.put(ModelPart.VAE, new Section("first_stage_model.", new VaeLayout()));
        sections.putAll(textEncoders);
    }

    /** What people call it, such as {@code Stable Diffusion 1}. */
    public String title() {
        return title;
    }

    /** The width of the prompt embeddings that its U-Net reads. */
    public int contextWidth() {
        return contextWidth;
    }

    /** The networks that a model of this family consists of. */
    public Set<ModelPart> parts() {
        return sections.keySet();
    }

    /** Where the tensors of {@code part} are in a single file. */
    public Section section(ModelPart part) {
        Section section = sections.get(part);
        if (section == null) {
            throw new IllegalArgumentException(this + " models have no " + part.folder());
        }
        return section;
    }

    /** A prefix that tensors of every single file of this family have, and those of no other family. */
    public String distinctivePrefix() {
        ModelPart part =
                sections.containsKey(ModelPart.TEXT_ENCODER_2) ? ModelPart.TEXT_ENCODER_2 : ModelPart.TEXT_ENCODER;
        return section(part).prefix();
    }
}
