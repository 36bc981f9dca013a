package io.percolate.tests.architecture;

import java.nio.file.Path;
import java.util.List;

/**
 * What the rules about source text ask of a file.
 *
 * @param path where it is, from the project's folder
 * @param packageName its package
 * @param lines number of its lines
 * @param declared what it declares
 * @param texts its string literals: messages and help, among others
 * @param methodLines the length of each method's body, in lines from brace to brace
 */
record SourceFile(
        Path path, String packageName, int lines, Names declared, List<String> texts, List<Integer> methodLines) {

    /**
     * The names of declarations.
     *
     * @param types classes, records, enums and interfaces, nested ones, too
     * @param others methods, fields, parameters and local variables
     */
    record Names(List<String> types, List<String> others) {}

    /** Its name without the ending. */
    String name() {
        return path.getFileName().toString().replace(".java", "");
    }
}
