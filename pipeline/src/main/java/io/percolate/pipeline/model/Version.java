package io.percolate.pipeline.model;

/** The version of this build, which generated images carry. */
public final class Version {

    /** As in the manifest of the jar; {@code dev} when run from classes. */
    public static final String NUMBER = Version.class.getPackage().getImplementationVersion() == null
            ? "dev"
            : Version.class.getPackage().getImplementationVersion();

    private Version() {}
}
