package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.percolate.weights.EmbeddedModel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's examples work: Java blocks are statements, which compile with the packages of {@link #PACKAGES}
 * imported and run in a folder where {@code my-model} is a model, {@code data} a data set and {@code vae.json} and
 * {@code diffusion.json} are recipes.
 */
class ReadmeTest {

    private static final List<String> PACKAGES = List.of(
            "java.nio.file",
            "java.util",
            "io.percolate.pipeline",
            "io.percolate.pipeline.model",
            "io.percolate.pipeline.generation",
            "io.percolate.pipeline.data",
            "io.percolate.pipeline.training",
            "io.percolate.pipeline.training.recipe",
            "io.percolate.pipeline.training.session",
            "io.percolate.diffusion.samplers",
            "io.percolate.nn.engine");

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> javaExamplesRun() {
        List<String> blocks = Document.readme().blocks("java");
        return IntStream.range(0, blocks.size())
                .mapToObj(i -> dynamicTest("Java example " + (i + 1), () -> run("Example" + i, blocks.get(i))));
    }

    private void run(String name, String statements) throws IOException, InterruptedException {
        compile(name, statements);
        assumeFalse(statements.contains("embedded()") && !hasEmbeddedModel(), "no model is embedded");
        TinyTraining training = new TinyTraining(folder);
        training.draw();
        training.trainVae(1);
        training.trainDiffusion(1);
        TestFolders.copy(training.model(), folder.resolve("my-model"));
        ChildJvm.PLAIN.run(folder, folder + File.pathSeparator + ChildJvm.classPath(), name);
    }

    private void compile(String name, String statements) throws IOException {
        String imports = PACKAGES.stream().map("import %s.*;\n"::formatted).collect(Collectors.joining());
        Path source = folder.resolve(name + ".java");
        Files.writeString(
                source,
                """
                %sclass %s {
                    public static void main(String[] arguments) throws Exception {
                        %s
                    }
                }
                """
                        .formatted(imports, name, statements));
        int failures = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        ChildJvm.classPath(),
                        "-d",
                        folder.toString(),
                        source.toString());
        assertThat(failures).as("compiler's verdict on:\n" + statements).isZero();
    }

    private static boolean hasEmbeddedModel() {
        try {
            return Files.exists(EmbeddedModel.folder());
        } catch (RuntimeException absent) {
            return false;
        }
    }
}
