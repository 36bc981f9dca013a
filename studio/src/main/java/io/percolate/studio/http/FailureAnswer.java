package io.percolate.studio.http;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.percolate.files.CancelledException;
import io.percolate.files.OutOfMemoryException;
import io.percolate.studio.work.QueueFullException;
import io.percolate.studio.work.StoppedException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client is told of a failure: what is wrong with its request, but nothing of the server's files and classes, which
 * the log has beside the same request id.
 *
 * @param status of HTTP
 * @param message for whoever sent the request
 */
public record FailureAnswer(int status, String message) {

    private static final Logger LOG = LoggerFactory.getLogger(FailureAnswer.class);

    private static final int TOO_MANY_REQUESTS = 429;

    /** Answers a request that failed. */
    public static void send(Throwable failure, Context context) {
        if (failure instanceof ClientGoneException) {
            return;
        }
        FailureAnswer answer = of(failure, context);
        if (context.res().isCommitted()) {
            return;
        }
        if (answer.status == TOO_MANY_REQUESTS) {
            context.header("Retry-After", "5");
        }
        context.status(answer.status);
        Answers.json(context, answer.values(context, failure));
    }

    /** What {@code failure} means to the client; what is the server's own fault is logged. */
    public static FailureAnswer of(Throwable failure, Context context) {
        FailureAnswer answer = of(failure);
        if (answer.status >= 500) {
            LOG.warn("request {}: {} {}", RequestId.of(context), context.method(), context.matchedPath(), failure);
        } else {
            LOG.debug("request {}: {} {}", RequestId.of(context), answer.status, answer.message);
        }
        return answer;
    }

    private static FailureAnswer of(Throwable failure) {
        if (failure instanceof HttpFailure refused) {
            return new FailureAnswer(refused.status(), refused.getMessage());
        }
        if (failure instanceof IllegalArgumentException wrong) {
            return new FailureAnswer(400, String.valueOf(wrong.getMessage()));
        }
        if (failure instanceof QueueFullException full) {
            return new FailureAnswer(TOO_MANY_REQUESTS, full.getMessage());
        }
        return ofServer(failure);
    }

    private static FailureAnswer ofServer(Throwable failure) {
        if (failure instanceof CancelledException) {
            return new FailureAnswer(409, "the generation was cancelled");
        }
        if (failure instanceof StoppedException) {
            return new FailureAnswer(503, failure.getMessage());
        }
        if (failure instanceof OutOfMemoryException || failure instanceof OutOfMemoryError) {
            return new FailureAnswer(507, "memory is not enough: ask for smaller images, or fewer at once");
        }
        return failure instanceof HttpResponseException http
                ? new FailureAnswer(http.getStatus(), String.valueOf(http.getMessage()))
                : new FailureAnswer(500, "the server failed: its log says why, beside this request id");
    }

    /** The answer in the form that clients of OpenAI's interface read; {@code detail} is for those of others. */
    public Map<String, Object> values(Context context, Throwable failure) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", message);
        error.put("type", status < 500 ? "invalid_request_error" : "server_error");
        error.put("code", status);
        error.put("request_id", RequestId.of(context));
        if (failure instanceof QueueFullException full) {
            error.put("position", full.waiting() + 1);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("error", error);
        values.put("detail", message);
        return values;
    }
}
