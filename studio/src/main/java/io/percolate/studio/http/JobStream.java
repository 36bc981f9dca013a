package io.percolate.studio.http;

import io.javalin.http.Context;
import io.percolate.studio.work.JobListener;
import io.percolate.studio.work.JobProgress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a client of a job as server-sent events: {@code queued} and {@code step}, what subclasses add, and at the end {@code
 * done} or {@code error}. What goes wrong before the first event is answered with a status as usual.
 */
public abstract class JobStream implements JobListener {

    private final Context context;
    private @Nullable EventStream stream;

    /** For the client of a request whose body is read. */
    protected JobStream(Context context) {
        this.context = context;
    }

    /** Runs a job that tells this listener. */
    public final void run(Consumer<JobListener> job) {
        try {
            job.accept(this);
            stream().send("done", Map.of());
        } catch (ClientGoneException gone) {
            throw gone;
        } catch (RuntimeException | OutOfMemoryError failure) {
            if (stream == null) {
                throw failure;
            }
            stream.send("error", FailureAnswer.of(failure, context).values(context, failure));
        }
    }

    /** The stream, begun with the first event. */
    protected final EventStream stream() {
        if (stream == null) {
            stream = new EventStream(context);
        }
        return stream;
    }

    @Override
    public final void waiting(int position) {
        stream().send("queued", Map.of("position", position));
    }

    @Override
    public final void stepped(JobProgress progress) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("step", progress.step());
        values.put("steps", progress.steps());
        values.put("seconds", progress.seconds());
        values.put("seconds_left", progress.secondsLeft());
        stream().send("step", values);
    }
}
