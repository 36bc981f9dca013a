package io.percolate.cli;

import io.percolate.pipeline.model.Version;
import picocli.CommandLine.IVersionProvider;

/** Tells picocli the version. */
final class PercolateVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"percolate " + Version.NUMBER};
    }
}
