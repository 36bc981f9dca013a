package io.percolate.studio.gallery;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.percolate.studio.http.Answers;
import io.percolate.studio.http.HttpFailure;
import io.percolate.studio.http.Routes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /api/gallery} and the images below it, and {@code /images} for those that were only asked for by address. */
public final class GalleryRoutes implements Routes {

    private static final int PAGE = 60;

    private final Gallery gallery;
    private final RecentImages recent;

    public GalleryRoutes(Gallery gallery, RecentImages recent) {
        this.gallery = gallery;
        this.recent = recent;
    }

    @Override
    public void addTo(Javalin server) {
        server.get("/api/gallery", this::list);
        server.get("/api/gallery/{file}", context -> send(context, gallery.png(id(context))));
        server.delete("/api/gallery/{file}", this::delete);
        server.get("/images/{file}", context -> send(context, recent.png(id(context))));
    }

    private void list(Context context) {
        Optional<String> after = Optional.ofNullable(context.queryParam("after"));
        List<Map<String, Object>> images =
                gallery.page(after, PAGE).stream().map(GalleryImage::values).toList();
        Answers.json(context, Map.of("images", images, "more", images.size() == PAGE));
    }

    private void delete(Context context) {
        if (!gallery.delete(id(context))) {
            throw HttpFailure.notFound();
        }
        context.status(204);
    }

    private static void send(Context context, Optional<byte[]> png) {
        context.contentType("image/png")
                .header("Cache-Control", "private, max-age=31536000, immutable")
                .result(png.orElseThrow(HttpFailure::notFound));
    }

    private static String id(Context context) {
        return context.pathParam("file").replaceFirst("\\.png$", "");
    }
}
