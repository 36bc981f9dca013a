package io.percolate.pipeline.cli;

import io.percolate.pipeline.Version;
import picocli.CommandLine.IVersionProvider;

/** Tells picocli the version. */
final class PercolateVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"percolate " + Version.NUMBER};
    }
}
