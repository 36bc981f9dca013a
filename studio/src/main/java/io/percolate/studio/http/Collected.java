package io.percolate.studio.http;

import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.studio.work.JobListener;
import io.percolate.studio.work.JobProgress;
import java.util.ArrayList;
import java.util.List;

/** Collects the images of a job whose answer comes at once, and gives up if the client does. */
public final class Collected implements JobListener {

    private final ClientConnection connection;
    private final List<GeneratedImage> images = new ArrayList<>();

    /** For the client of {@code connection}. */
    public Collected(ClientConnection connection) {
        this.connection = connection;
    }

    @Override
    public void waiting(int position) {
        connection.requireOpen();
    }

    @Override
    public void stepped(JobProgress progress) {
        connection.requireOpen();
    }

    @Override
    public void generated(int index, GeneratedImage image) {
        images.add(image);
    }

    /** The images, in their order. */
    public List<GeneratedImage> images() {
        return images;
    }
}
