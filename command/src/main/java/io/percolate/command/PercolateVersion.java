package io.percolate.command;

import io.percolate.pipeline.model.Version;
import picocli.CommandLine.IVersionProvider;

/** Tells picocli the version. */
public final class PercolateVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"percolate " + Version.NUMBER};
    }
}
