package io.percolate.cluster.session;

import io.percolate.files.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.local.RawLocalFs;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.jspecify.annotations.Nullable;

/**
 * A folder that all executors see: a path, or a URL of one of Hadoop's file systems, such as {@code hdfs:}, {@code s3a:} or
 * {@code file:}.
 *
 * @param url of the folder
 */
public record SharedFolder(String url) implements Serializable {

    private static final String HADOOP_SETTING = "spark.hadoop.";

    /** What {@code text} names: a path is made absolute, for executors have other working folders. */
    public static SharedFolder of(String text) {
        return new SharedFolder(isUrl(text) ? text.replaceFirst("/+$", "") : absolute(java.nio.file.Path.of(text)));
    }

    /** A path as executors find it, which have other working folders; empty for none. */
    public static String absolute(java.nio.file.@Nullable Path path) {
        return path == null ? "" : path.toAbsolutePath().toString();
    }

    /** Where the file {@code name} is. */
    public String file(String name) {
        return url + "/" + name;
    }

    /** Whether it has a file {@code name}. */
    public boolean has(String name) {
        try {
            return isUrl(url)
                    ? files().util().exists(new Path(file(name)))
                    : Files.exists(java.nio.file.Path.of(file(name)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look into " + url + ": " + e.getMessage(), e);
        }
    }

    /** Writes the file {@code name} whole or not at all: under another name, and then renamed. */
    public void write(String name, AtomicFile.Content<? super OutputStream> content) {
        if (isUrl(url)) {
            writeByHadoop(name, content);
        } else {
            AtomicFile.write(java.nio.file.Path.of(file(name)), content);
        }
    }

    private void writeByHadoop(String name, AtomicFile.Content<? super OutputStream> content) {
        Path target = new Path(file(name));
        Path temporary = new Path(file("." + name + "." + UUID.randomUUID() + ".partial"));
        try {
            FileContext files = files();
            try (OutputStream out =
                    files.create(temporary, EnumSet.of(CreateFlag.CREATE), Options.CreateOpts.createParent())) {
                content.writeTo(out);
            }
            files.rename(temporary, target, Options.Rename.OVERWRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + target + ": " + e.getMessage(), e);
        }
    }

    private FileContext files() throws IOException {
        return files(url);
    }

    static FileContext files(String url) throws IOException {
        Configuration settings = new Configuration();
        settings.set("fs.AbstractFileSystem.file.impl", RawLocalFs.class.getName()); // no .crc beside each file
        SparkEnv spark = SparkEnv.get();
        if (spark != null) {
            SparkConf conf = spark.conf();
            for (var setting : conf.getAllWithPrefix(HADOOP_SETTING)) {
                settings.set(setting._1(), setting._2());
            }
        }
        return FileContext.getFileContext(new Path(url).toUri(), settings);
    }

    static boolean isUrl(String text) {
        return text.matches("[a-z][a-z0-9]+:/.*");
    }
}
