package io.percolate.command.progress;

import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/** One line: what runs, the part of it that is done, and details. If space is short, the bar gives way to details. */
public final class BarText implements ProgressBarRenderer {

    private static final int WIDTH = 80;
    private static final int SHORTEST_BAR = 3;

    @Override
    public String render(ProgressState state, int terminal) {
        return line(state.getTaskName(), state.getNormalizedProgress(), state.getExtraMessage(), terminal);
    }

    /**
     * The line.
     *
     * @param share the part that is done, 0 to 1
     * @param terminal columns of the terminal; a line has no more than 79 in any
     */
    public static String line(String name, double share, String details, int terminal) {
        int width = Math.min(terminal, WIDTH) - 1;
        String percent = "%s %3.0f %%".formatted(name, Math.floor(100 * share));
        int room = width - percent.length() - details.length() - " [] ".length();
        String bar = room < SHORTEST_BAR ? " " : " [" + bar(share, room) + "] ";
        String line = percent + bar + details;
        return line.substring(0, Math.min(width, line.length()));
    }

    private static String bar(double share, int length) {
        int done = (int) Math.floor(share * length);
        return "=".repeat(done) + " ".repeat(length - done);
    }
}
