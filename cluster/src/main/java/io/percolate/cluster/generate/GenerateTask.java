package io.percolate.cluster.generate;

import io.percolate.cluster.session.Held;
import io.percolate.cluster.session.SharedFolder;
import io.percolate.command.options.ModelOptions;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.images.ImageFormat;
import io.percolate.pipeline.model.ModelDefaults;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Generates some requests with the model that its process holds.
 *
 * @param model how it is loaded, as words of the command line
 * @param out folder of the images
 * @param batch how many requests of one shape are computed together, at most
 */
record GenerateTask(ArrayList<String> model, SharedFolder out, int batch)
        implements Function<ArrayList<ImageRequest>, ArrayList<ImageResult>> {

    private static final Held<List<String>, Pipeline> PIPELINE =
            new Held<>(words -> ModelOptions.read(words).open(), Pipeline::close);

    @Override
    public ArrayList<ImageResult> call(ArrayList<ImageRequest> requests) {
        ArrayList<ImageResult> results = new ArrayList<>();
        List<ImageRequest> together = new ArrayList<>();
        for (ImageRequest request : requests) {
            if (out.has(name(request))) {
                results.add(result(request, 0, null));
                continue;
            }
            if (together.size() == batch || !together.isEmpty() && !request.fits(together.get(0))) {
                results.addAll(generate(together));
                together.clear();
            }
            together.add(request);
        }
        results.addAll(generate(together));
        return results;
    }

    /** A request that fails fails alone: what is wrong with it is part of its result. */
    private List<ImageResult> generate(List<ImageRequest> requests) {
        if (requests.isEmpty()) {
            return List.of();
        }
        Pipeline pipeline = pipeline();
        long begin = System.nanoTime();
        try {
            List<GeneratedImage> images = pipeline.generate(ImageRequest.together(requests));
            for (int i = 0; i < images.size(); i++) {
                GeneratedImage image = images.get(i);
                out.write(name(requests.get(i)), file -> image.write(file, ImageFormat.PNG));
            }
            double seconds = (System.nanoTime() - begin) / 1e9 / requests.size();
            return requests.stream()
                    .map(request -> result(request, seconds, null))
                    .toList();
        } catch (IllegalArgumentException | IllegalStateException failed) {
            return requests.size() == 1
                    ? List.of(result(requests.get(0), 0, String.valueOf(failed.getMessage())))
                    : requests.stream()
                            .flatMap(request -> generate(List.of(request)).stream())
                            .toList();
        }
    }

    /** That of this process. */
    Pipeline pipeline() {
        return PIPELINE.get(model);
    }

    /** Generates {@code request} in two steps, to see what it takes; one that fails will say so in its result. */
    void rehearse(ImageRequest request) {
        try {
            pipeline().generate(ImageRequest.together(List.of(request.inSteps(2))));
        } catch (IllegalArgumentException | IllegalStateException wrong) {
            // nothing of it is measured
        }
    }

    /** Bytes of the pixels of a request's image. */
    long pixelBytes(ImageRequest request) {
        ModelDefaults usual = pipeline().defaults();
        long area = request.look().area();
        return 3 * (area == 0 ? (long) usual.width() * usual.height() : area);
    }

    private String name(ImageRequest request) {
        return request.fileName(model);
    }

    private ImageResult result(ImageRequest request, double seconds, @Nullable String error) {
        return new ImageResult(request.row(), request.seed(), out.file(name(request)), seconds, error);
    }
}
