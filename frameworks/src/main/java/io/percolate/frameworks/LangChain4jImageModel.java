package io.percolate.frameworks;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.output.Response;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.images.ImageFormat;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

/** LangChain4j's image model over a pipeline, which stays the caller's. As thread-safe as that: many at a time. */
public final class LangChain4jImageModel implements ImageModel {

    private final Pipeline pipeline;
    private final UnaryOperator<GenerationRequest.Builder> options;

    /** Images as the model likes them. */
    public LangChain4jImageModel(Pipeline pipeline) {
        this(pipeline, UnaryOperator.identity());
    }

    /** Images with {@code options}, such as {@code request -> request.steps(30)}. */
    public LangChain4jImageModel(Pipeline pipeline, UnaryOperator<GenerationRequest.Builder> options) {
        this.pipeline = pipeline;
        this.options = options;
    }

    @Override
    public Response<Image> generate(String prompt) {
        return Response.from(generate(prompt, 1).content().get(0));
    }

    @Override
    public Response<List<Image>> generate(String prompt, int count) {
        GenerationRequest request =
                options.apply(GenerationRequest.of(prompt).count(count)).build();
        return Response.from(pipeline.generate(request).stream()
                .map(LangChain4jImageModel::image)
                .toList());
    }

    /** A PNG file with its settings. */
    private static Image image(GeneratedImage image) {
        return Image.builder()
                .base64Data(Base64.getEncoder().encodeToString(image.bytes(ImageFormat.PNG)))
                .mimeType("image/png")
                .build();
    }
}
