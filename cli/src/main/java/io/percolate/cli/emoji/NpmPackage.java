package io.percolate.cli.emoji;

/**
 * A package of the npm registry, in a fixed version.
 *
 * @param name with its scope, if it has one
 * @param version exact
 */
record NpmPackage(String name, String version) {

    static final NpmPackage IMAGES = new NpmPackage("@lobehub/fluent-emoji-3d", "1.1.0");
    static final NpmPackage NAMES = new NpmPackage("emojibase-data", "17.0.0");

    @Override
    public String toString() {
        return name + "@" + version;
    }
}
