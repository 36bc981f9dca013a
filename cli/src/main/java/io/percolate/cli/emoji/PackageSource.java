package io.percolate.cli.emoji;

import java.io.IOException;
import java.nio.file.Path;

/** Where the unpacked files of an npm package come from. */
interface PackageSource {

    /**
     * The folder that holds the package's {@code package.json}.
     *
     * @param workspace an existing folder for whatever has to be fetched; the caller deletes it
     */
    Path folder(NpmPackage wanted, Path workspace) throws IOException;
}
