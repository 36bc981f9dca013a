package io.percolate.tests.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The words that the field has better ones for: in no name, message or help text. */
final class Words {

    /** Ordinary English as part of a longer name, but no names for a type. */
    private static final Set<String> NO_TYPES =
            Set.of(("blank blended edited guided start guide conditions estimate correction "
                            + "given middle narrowing examples averages effort draw draws")
                    .split(" "));

    /** In names, which are looked at with a space before each capital letter. */
    private static final Pattern IN_NAMES =
            words("draw|draws|drawn|drawing|picture|pictures|easel|canvas|sketch|likeness|guided conditions|"
                    + "estimator|estimate|sitting|earlier run|alarm|placement|discretisation|last level|uni pc scale|"
                    + "cautious end|x0 range|middle|time stage|pooled stage|presence|saving memory|freeze|"
                    + "former names|lora relatives|torch vocabulary|whole file|narrowing|trainables|contestant|"
                    + "contestants|effort");

    private static final Pattern IN_TEXTS =
            words("draw|draws|drawn|drawing|picture|pictures|easel|canvas|sketch|likeness|estimator|sitting|"
                    + "earlier run|placement|discretisation|last level|cautious end|saving memory|freeze|freezes|"
                    + "trainables|contestant|contestants");

    /** Names that stay, by file: what is painted with java.awt is drawn. */
    private static final Map<String, Set<String>> EXCEPTIONS = Map.of(
            "ImageGrid",
            Set.of("draw", "drawCell", "drawCaption"),
            "LossPlot",
            Set.of("draw"),
            "QualityPlot",
            Set.of("draw"));

    private Words() {}

    /** Every name and text of {@code file} that has such a word. */
    static List<String> violations(SourceFile file) {
        List<String> found = new ArrayList<>();
        file.declared().types().stream()
                .filter(type -> NO_TYPES.contains(type.toLowerCase(Locale.ROOT)) || isPrivate(type))
                .forEach(type -> found.add(file.path() + ": the type " + type));
        file.declared().others().stream()
                .filter(Words::isPrivate)
                .forEach(name -> found.add(file.path() + ": the name " + name));
        file.texts().stream()
                .filter(text -> IN_TEXTS.matcher(text.toLowerCase(Locale.ROOT)).find())
                .forEach(text -> found.add(file.path() + ": the text \"" + text + "\""));
        found.removeIf(violation -> EXCEPTIONS.getOrDefault(file.name(), Set.of()).stream()
                .anyMatch(name -> violation.endsWith(": the name " + name)));
        return found;
    }

    private static boolean isPrivate(String name) {
        return IN_NAMES.matcher(spaced(name)).find();
    }

    /** {@code UniPcScale} and {@code UNI_PC_SCALE} as {@code uni pc scale}. */
    private static String spaced(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|_", " ").toLowerCase(Locale.ROOT);
    }

    private static Pattern words(String words) {
        return Pattern.compile("\\b(" + words + ")\\b");
    }
}
