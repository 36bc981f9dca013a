package io.percolate.studio.openai;

import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import io.percolate.files.BadFileException;
import io.percolate.studio.http.HttpFailure;
import io.percolate.studio.request.LimitedRequest;
import io.percolate.studio.request.Limits;
import io.percolate.studio.request.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The form of {@code /v1/images/edits}: an image, perhaps a mask that is transparent where it changes, and options. */
final class EditForm {

    private final Context context;
    private final Limits limits;
    private final Upload upload;

    EditForm(Context context, Limits limits) {
        this.context = context;
        this.limits = limits;
        upload = new Upload(limits);
    }

    OpenAiRequest read(String firstModel) {
        LimitedRequest request = new LimitedRequest(limits, field("prompt").orElse(""));
        try {
            request.initImage(upload.image(file("image")
                    .or(() -> file("image[]"))
                    .orElseThrow(() -> HttpFailure.badRequest("image is missing: send a file"))));
            file("mask").map(upload::transparent).ifPresent(request::mask);
        } catch (BadFileException broken) {
            throw HttpFailure.badRequest(broken.getMessage());
        }
        number("n", value -> request.count(Math.toIntExact(value)));
        number("seed", request::seed);
        number("steps", value -> request.steps(Math.toIntExact(value)));
        field("strength").map(EditForm::decimal).ifPresent(request::strength);
        OpenAiRequest.readSize(field("size").orElse("auto"), request);
        String model = OpenAiRequest.model(field("model").orElse(firstModel), firstModel);
        return new OpenAiRequest(
                model,
                request.build(),
                OpenAiRequest.isByAddress(field("response_format").orElse("url")));
    }

    private Optional<String> field(String name) {
        return Optional.ofNullable(context.formParam(name));
    }

    private void number(String name, Consumer<Long> receiver) {
        try {
            field(name).map(Long::valueOf).ifPresent(receiver);
        } catch (ArithmeticException | NumberFormatException wrong) {
            throw HttpFailure.badRequest(name + " must be an integer");
        }
    }

    private static double decimal(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException wrong) {
            throw HttpFailure.badRequest("strength must be a number");
        }
    }

    private Optional<byte[]> file(String name) {
        List<UploadedFile> files = context.uploadedFiles(name);
        if (files.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = files.get(0).content()) {
            return Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
