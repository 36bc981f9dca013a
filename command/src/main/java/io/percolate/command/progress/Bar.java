package io.percolate.command.progress;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A progress bar on stderr. */
public final class Bar implements AutoCloseable {

    private static final int PARTS = 1000;

    private final ClosedOnce lines = new ClosedOnce();
    private final ProgressBar bar;

    /**
     * Shows the bar.
     *
     * @param name what runs, such as {@code sampling}
     * @param milliseconds between two updates
     */
    public Bar(String name, int milliseconds) {
        bar = new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(PARTS)
                .setUpdateIntervalMillis(milliseconds)
                .setRenderer(new BarText())
                .setConsumer(lines)
                .build();
    }

    /** What runs. */
    public String name() {
        return bar.getTaskName();
    }

    /**
     * Tells how much is done.
     *
     * @param share the part that is done, 0 to 1
     * @param details in numbers that count something
     */
    public void at(double share, String details) {
        bar.stepTo(Math.round(PARTS * share));
        bar.setExtraMessage(details);
    }

    /** The library draws in its first update and closes in a later one, which there is none of after a short time. */
    @Override
    public void close() {
        bar.close();
        lines.close();
    }

    /** Draws nothing more once it is closed: the thread that updates bars may be at it at that moment. */
    private static final class ClosedOnce extends ConsoleProgressBarConsumer {

        private boolean closed;

        ClosedOnce() {
            super(System.err);
        }

        @Override
        public synchronized void accept(String text) {
            if (!closed) {
                super.accept(text);
            }
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                super.close();
            }
        }
    }
}
