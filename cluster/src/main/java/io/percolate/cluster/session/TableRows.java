package io.percolate.cluster.session;

import io.percolate.command.options.JsonText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.apache.spark.sql.SparkSession;

/** The rows of a table in JSON lines, CSV or Parquet. */
public final class TableRows {

    private static final CSVFormat CSV =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

    private TableRows() {}

    /**
     * Reads them as JSON objects, in their order; values of CSV are texts.
     *
     * @param file a path, or a URL of one of Hadoop's file systems
     * @throws IllegalArgumentException if the name of the file ends otherwise
     */
    public static List<String> read(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        try {
            if (name.endsWith(".jsonl")) {
                try (BufferedReader reader = open(file)) {
                    return reader.lines().filter(line -> !line.isBlank()).toList();
                }
            }
            if (name.endsWith(".csv")) {
                try (BufferedReader reader = open(file)) {
                    return CSV.parse(reader).stream()
                            .map(CSVRecord::toMap)
                            .map(JsonText::of)
                            .toList();
                }
            }
            if (name.endsWith(".parquet")) {
                return parquet(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(file + ": give a table in .jsonl, .csv or .parquet");
    }

    private static BufferedReader open(String file) throws IOException {
        InputStream in = SharedFolder.isUrl(file)
                ? SharedFolder.files(file).open(new org.apache.hadoop.fs.Path(file))
                : Files.newInputStream(Path.of(file));
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /** By Spark in this process, before it is asked for the cluster. */
    private static List<String> parquet(String file) throws IOException {
        SparkSession.Builder builder = SparkSession.builder().master("local[1]").appName("percolate table");
        Master.of("local[1]").settings(1).forEach(builder::config);
        try (SparkSession spark = builder.getOrCreate()) {
            return spark.read()
                    .parquet(
                            SharedFolder.isUrl(file)
                                    ? file
                                    : Path.of(file).toUri().toString())
                    .toJSON()
                    .collectAsList();
        }
    }
}
