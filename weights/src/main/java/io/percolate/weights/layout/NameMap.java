package io.percolate.weights.layout;

import java.util.HashMap;
import java.util.Map;

/**
 * A table of the names that one thing has in two layouts, read in either direction.
 *
 * <p>An entry holds for a tensor or module and for all below it; the longest entry that fits decides. Names
 * without an entry stay as they are, so that strict loading reports them.
 */
public final class NameMap {

    private final Map<String, String> forth = new HashMap<>();
    private final Map<String, String> back = new HashMap<>();

    /** Adds an entry. */
    NameMap pair(String left, String right) {
        if (forth.put(left, right) != null || back.put(right, left) != null) {
            throw new IllegalArgumentException("a second entry for " + left + " or " + right);
        }
        return this;
    }

    /** Adds the parts of a module: each pair of names is appended to {@code left} and {@code right}. */
    NameMap pairs(String left, String right, Map<String, String> parts) {
        parts.forEach((name, other) -> pair(left + "." + name, right + "." + other));
        return this;
    }

    /** The right name of what is called {@code name} on the left. */
    public String toRight(String name) {
        return translate(name, forth);
    }

    /** The left name of what is called {@code name} on the right. */
    String toLeft(String name) {
        return translate(name, back);
    }

    /** One more than the largest number below 100 that follows {@code prefix} in any name; 0 if none does. */
    public static int count(Iterable<String> names, String prefix) {
        int count = 0;
        for (String name : names) {
            if (name.startsWith(prefix)) {
                int end = name.indexOf('.', prefix.length());
                String number = name.substring(prefix.length(), end < 0 ? name.length() : end);
                count = number.matches("\\d{1,2}") ? Math.max(count, Integer.parseInt(number) + 1) : count;
            }
        }
        return count;
    }

    private static String translate(String name, Map<String, String> table) {
        for (int end = name.length(); end > 0; end = name.lastIndexOf('.', end - 1)) {
            String other = table.get(name.substring(0, end));
            if (other != null) {
                return other + name.substring(end);
            }
        }
        return name;
    }
}
