package io.percolate.tests.architecture;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.ToolProvider;

/** Reads source files with the compiler's own parser. */
final class SourceReader extends TreeScanner<Void, Void> {

    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> types = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final List<Integer> methodLines = new ArrayList<>();

    private SourceReader(CompilationUnitTree unit, SourcePositions positions) {
        this.unit = unit;
        this.positions = positions;
    }

    /** The main sources of every module in {@code project}. */
    static List<SourceFile> mainSources(Path project) {
        try (Stream<Path> modules = Files.list(project)) {
            List<Path> roots = modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList();
            return roots.stream()
                    .flatMap(root -> read(project, javaFiles(root)).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> javaFiles(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads {@code files}, whose paths are reported from {@code folder} on. */
    static List<SourceFile> read(Path folder, List<Path> files) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = task(compiler, manager, manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            List<SourceFile> sources = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                sources.add(new SourceReader(unit, positions).source(folder));
            }
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JavacTask task(
            JavaCompiler compiler, JavaFileManager manager, Iterable<? extends javax.tools.JavaFileObject> files) {
        return (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null, files);
    }

    private SourceFile source(Path folder) throws IOException {
        scan(unit, null);
        Path file = Path.of(unit.getSourceFile().toUri());
        return new SourceFile(
                folder.toAbsolutePath()
                        .normalize()
                        .relativize(file.toAbsolutePath().normalize()),
                String.valueOf(unit.getPackageName()),
                (int) Files.readString(file).lines().count(),
                new SourceFile.Names(types, others),
                texts,
                methodLines);
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
        types.add(type.getSimpleName().toString());
        return super.visitClass(type, nothing);
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
        others.add(method.getName().toString());
        if (method.getBody() != null) {
            methodLines.add(lines(method.getBody()));
        }
        return super.visitMethod(method, nothing);
    }

    private int lines(BlockTree body) {
        long first = line(positions.getStartPosition(unit, body));
        return (int) (line(positions.getEndPosition(unit, body)) - first + 1);
    }

    private long line(long position) {
        return unit.getLineMap().getLineNumber(position);
    }

    @Override
    public Void visitVariable(VariableTree variable, Void nothing) {
        others.add(variable.getName().toString());
        return super.visitVariable(variable, nothing);
    }

    @Override
    public Void visitLiteral(LiteralTree literal, Void nothing) {
        if (literal.getValue() instanceof String text) {
            texts.add(text);
        }
        return super.visitLiteral(literal, nothing);
    }
}
