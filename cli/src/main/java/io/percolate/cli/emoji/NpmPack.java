package io.percolate.cli.emoji;

import io.percolate.files.CancelledException;
import io.percolate.pipeline.data.DatasetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Fetches packages with {@code npm pack}, so that npm's own settings (registry, proxy) hold.
 *
 * @param command how npm is started
 */
record NpmPack(List<String> command) implements PackageSource {

    private static final String WAY_OUT = "; or unpack %s elsewhere and give its folder with --from";

    /** The npm on the path. */
    static NpmPack installed() {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        return new NpmPack(windows ? List.of("cmd", "/c", "npm") : List.of("npm"));
    }

    @Override
    public Path folder(NpmPackage wanted, Path workspace) throws IOException {
        Path folder = Files.createTempDirectory(workspace, "npm");
        Path log = folder.resolve("npm.log");
        int exitCode = run(wanted, folder, log);
        if (exitCode != 0) {
            throw new DatasetException("npm pack " + wanted + " failed with code " + exitCode + " (" + reason(log)
                    + "): check the network and npm's registry setting" + WAY_OUT.formatted(wanted));
        }
        Tarball.unpack(archive(folder), folder);
        return folder.resolve("package");
    }

    private int run(NpmPackage wanted, Path folder, Path log) throws IOException {
        Process process = start(wanted, folder, log);
        try {
            if (process.waitFor(10, TimeUnit.MINUTES)) {
                return process.exitValue();
            }
            throw new DatasetException(
                    "npm pack " + wanted + " took more than ten minutes" + WAY_OUT.formatted(wanted));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CancelledException("interrupted while fetching " + wanted);
        } finally {
            process.destroy();
        }
    }

    private Process start(NpmPackage wanted, Path folder, Path log) {
        List<String> arguments = Stream.concat(
                        command.stream(), Stream.of("pack", wanted.toString(), "--ignore-scripts"))
                .toList();
        try {
            return new ProcessBuilder(arguments)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException missing) {
            throw new DatasetException(
                    "npm is not installed (" + missing.getMessage() + "): install Node.js" + WAY_OUT.formatted(wanted),
                    missing);
        }
    }

    private static String reason(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.startsWith("npm error") || line.startsWith("npm ERR!"))
                .findFirst()
                .orElse("it gave no reason");
    }

    private static Path archive(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".tgz"))
                    .findFirst()
                    .orElseThrow(() -> new DatasetException("npm pack left no .tgz in " + folder));
        }
    }
}
