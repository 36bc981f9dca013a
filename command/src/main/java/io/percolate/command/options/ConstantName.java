package io.percolate.command.options;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The constants of an enum by their names in lower case; a wrong name is answered with the right ones. */
public abstract class ConstantName<E extends Enum<E>> implements ITypeConverter<E>, Iterable<String> {

    private final List<E> constants;
    private final String kind;

    /**
     * Reads one kind of constants.
     *
     * @param kind what such a constant is called in messages, such as {@code sampler}
     */
    protected ConstantName(Class<E> type, String kind) {
        constants = List.of(type.getEnumConstants());
        this.kind = kind;
    }

    @Override
    public final E convert(String name) {
        return constants.stream()
                .filter(constant -> nameOf(constant).equals(name))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "no " + kind + " is called '" + name + "', choose one of " + String.join(" ", names())));
    }

    @Override
    public final Iterator<String> iterator() {
        return names().iterator();
    }

    private List<String> names() {
        return constants.stream().map(ConstantName::nameOf).toList();
    }

    private static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
