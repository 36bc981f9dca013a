package io.percolate.pipeline.comparison.stages;

import java.util.function.Consumer;

/** Does one stage here, and nothing after it. */
public final class SingleStage implements StageHost {

    private final String name;

    private SingleStage(String name) {
        this.name = name;
    }

    /** Runs {@code comparison} until the stage {@code name} is done, which must be its next. */
    public static void run(String name, Consumer<StageHost> comparison) {
        try {
            comparison.accept(new SingleStage(name));
        } catch (Done done) {
            return;
        }
        throw new IllegalArgumentException("no stage called '" + name + "' is left to do");
    }

    @Override
    public void complete(String stage, Runnable work) {
        if (!stage.equals(name)) {
            throw new IllegalArgumentException("the next stage is '" + stage + "', not '" + name + "'");
        }
        work.run();
        throw new Done();
    }

    /** Leaves the comparison, however deep in it the stage is. */
    private static final class Done extends RuntimeException {

        private static final long serialVersionUID = 1;

        Done() {
            super(null, null, false, false);
        }
    }
}
