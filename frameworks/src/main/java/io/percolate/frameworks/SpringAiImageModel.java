package io.percolate.frameworks;

import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.images.ImageFormat;
import java.util.Base64;
import java.util.function.UnaryOperator;
import org.springframework.ai.image.Image;
import org.springframework.ai.image.ImageGeneration;
import org.springframework.ai.image.ImageMessage;
import org.springframework.ai.image.ImageModel;
import org.springframework.ai.image.ImageOptions;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.ai.image.ImageResponse;

/**
 * Spring AI's image model over a pipeline, which stays the caller's. Number, width and height of a prompt's options are
 * honoured. As thread-safe as the pipeline: many at a time.
 */
public final class SpringAiImageModel implements ImageModel {

    private final Pipeline pipeline;
    private final UnaryOperator<GenerationRequest.Builder> options;

    /** Images as the model likes them. */
    public SpringAiImageModel(Pipeline pipeline) {
        this(pipeline, UnaryOperator.identity());
    }

    /** Images with {@code options}, such as {@code request -> request.steps(30)}, where a prompt does not say otherwise. */
    public SpringAiImageModel(Pipeline pipeline, UnaryOperator<GenerationRequest.Builder> options) {
        this.pipeline = pipeline;
        this.options = options;
    }

    /** The images of each message, as PNG files in base64, which have no address. */
    @Override
    public ImageResponse call(ImagePrompt prompt) {
        GenerationRequest.Builder request = options.apply(GenerationRequest.of(
                prompt.getInstructions().stream().map(ImageMessage::getText).toArray(String[]::new)));
        if (prompt.getOptions() != null) {
            apply(prompt.getOptions(), request);
        }
        return new ImageResponse(pipeline.generate(request.build()).stream()
                .map(SpringAiImageModel::generation)
                .toList());
    }

    private static void apply(ImageOptions asked, GenerationRequest.Builder request) {
        if ("url".equals(asked.getResponseFormat())) {
            throw new IllegalArgumentException(
                    "response format url, but images made in this program have no address: ask for b64_json");
        }
        if ((asked.getWidth() == null) != (asked.getHeight() == null)) {
            throw new IllegalArgumentException(
                    "width " + asked.getWidth() + " and height " + asked.getHeight() + ": give both, or none");
        }
        if (asked.getWidth() != null) {
            request.size(asked.getWidth(), asked.getHeight());
        }
        if (asked.getN() != null) {
            request.count(asked.getN());
        }
    }

    private static ImageGeneration generation(GeneratedImage image) {
        String png = Base64.getEncoder().encodeToString(image.bytes(ImageFormat.PNG));
        return new ImageGeneration(new Image(null, png));
    }
}
