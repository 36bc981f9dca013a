package io.percolate.cluster.generate;

import io.percolate.command.options.SamplerName;
import io.percolate.command.options.SizeText;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.generation.Size;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table of requests: one image.
 *
 * @param row its number, from 1
 * @param seed of its noise
 * @param prompt what the image shows; blank for models without text
 * @param negative what it should not show; null for nothing
 * @param look how it is made
 */
record ImageRequest(int row, long seed, String prompt, @Nullable String negative, Look look) implements Serializable {

    /**
     * What the model decides unless it is said.
     *
     * @param size such as 512x768
     * @param steps inference steps
     * @param guidance guidance scale
     * @param sampler such as {@code dpmpp_2m}
     */
    record Look(@Nullable String size, @Nullable Integer steps, @Nullable Double guidance, @Nullable String sampler)
            implements Serializable {

        /** Fails if there is no such size or sampler. */
        void check() {
            area();
            given(sampler, name -> new SamplerName().convert(name));
        }

        private Size parsed() {
            return SizeText.read(String.valueOf(size), "width and height, such as 512x768", Size::new);
        }

        /** Pixels; 0 if the model decides. */
        long area() {
            return size == null ? 0 : (long) parsed().width() * parsed().height();
        }

        private void applyTo(GenerationRequest.Builder request) {
            given(steps, request::steps);
            given(sampler, name -> request.sampler(new SamplerName().convert(name)));
            given(guidance, request::guidanceScale);
            if (size != null) {
                request.size(parsed().width(), parsed().height());
            }
        }

        private static <T> void given(@Nullable T value, Consumer<T> use) {
            if (value != null) {
                use.accept(value);
            }
        }
    }

    /** The same in so many inference steps. */
    ImageRequest inSteps(int steps) {
        return new ImageRequest(row, seed, prompt, negative, new Look(look.size, steps, look.guidance, look.sampler));
    }

    /** Whether it can be in one batch with {@code other}. */
    boolean fits(ImageRequest other) {
        return look.equals(other.look)
                && prompt.isBlank() == other.prompt.isBlank()
                && (negative == null) == (other.negative == null);
    }

    /** The images of {@code requests}, which fit, in one batch. */
    static GenerationRequest together(List<ImageRequest> requests) {
        ImageRequest first = requests.get(0);
        GenerationRequest.Builder builder = first.prompt.isBlank()
                ? GenerationRequest.of().count(requests.size())
                : GenerationRequest.of(
                        requests.stream().map(ImageRequest::prompt).toArray(String[]::new));
        if (first.negative != null) {
            builder.negativePrompts(requests.stream()
                    .map(request -> String.valueOf(request.negative))
                    .toList());
        }
        builder.seeds(requests.stream().mapToLong(ImageRequest::seed).toArray()).batchLimit(requests.size());
        first.look.applyTo(builder);
        return builder.build();
    }

    /**
     * The name of its file: the row, and what the image depends on, so that a file that is there was made by this request.
     *
     * @param model everything that says how the model is loaded
     */
    String fileName(List<String> model) {
        String all = String.join("\n", model) + "\n" + this;
        return "%06d-%s.png".formatted(row, digest(all));
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
