package io.percolate.studio.server;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import io.percolate.studio.http.FailureAnswer;
import io.percolate.studio.http.Guards;
import io.percolate.studio.http.HttpFailure;
import io.percolate.studio.http.Routes;
import io.percolate.studio.request.Limits;
import java.util.List;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Javalin, set up to be left alone with strangers: small heads, bounded threads, forms in memory, no file served. */
final class HttpServer {

    /** Each serves one request; those that wait for their image need one, too. */
    private static final int THREADS = 128;

    private static final int HEAD_BYTES = 8 << 10;

    private static final int IDLE_MILLISECONDS = 30_000;

    private HttpServer() {}

    static Javalin create(Limits limits, Guards guards, List<Routes> routes) {
        Javalin server = Javalin.create(config -> configure(config, limits));
        server.before(guards::check);
        server.post("/api/session", guards::openSession);
        routes.forEach(group -> group.addTo(server));
        server.exception(Exception.class, FailureAnswer::send);
        server.error(404, context -> {
            if (context.resultInputStream() == null
                    || !"application/json".equals(context.res().getContentType())) {
                FailureAnswer.send(HttpFailure.notFound(), context);
            }
        });
        return server;
    }

    private static void configure(JavalinConfig config, Limits limits) {
        config.showJavalinBanner = false;
        config.startupWatcherEnabled = false;
        config.http.disableCompression();
        config.http.maxRequestSize = limits.bodyBytes();
        config.jetty.threadPool = new QueuedThreadPool(THREADS, 4);
        config.jetty.multipartConfig.maxFileSize(limits.bodyBytes(), SizeUnit.BYTES);
        config.jetty.multipartConfig.maxTotalRequestSize(limits.bodyBytes(), SizeUnit.BYTES);
        config.jetty.multipartConfig.maxInMemoryFileSize(limits.bodyBytes(), SizeUnit.BYTES);
        config.jetty.modifyHttpConfiguration(HttpServer::configure);
    }

    private static void configure(HttpConfiguration http) {
        http.setRequestHeaderSize(HEAD_BYTES);
        http.setIdleTimeout(IDLE_MILLISECONDS);
        http.setSendServerVersion(false);
    }
}
