package io.percolate.tests.architecture;

import java.nio.file.Path;
import java.util.List;

/**
 * What the rules about source text ask of a file.
 *
 * @param path where it is, from the project's folder
 * @param packageName its package
 * @param lines number of its lines
 * @param names every type, method, field, parameter and local variable that it declares
 * @param texts its string literals: messages and help, among others
 * @param methodLines the length of each method's body, in lines from brace to brace
 */
record SourceFile(
        Path path, String packageName, int lines, List<String> names, List<String> texts, List<Integer> methodLines) {

    /** Its name without the ending. */
    String name() {
        return path.getFileName().toString().replace(".java", "");
    }
}
