package io.percolate.cli.emoji;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Says in several ways what is on an emoji, but not as its {@link EverydayPrompts everyday prompt} does. */
final class EmojiCaptions {

    private static final Set<String> GROUPS_WITHOUT_ARTICLE = Set.of("flags", "symbols");
    private static final int FEW = 2;
    private static final int MANY = 5;
    private static final int NICKNAMES = 4;

    private EmojiCaptions() {}

    /**
     * Different captions, the label first.
     *
     * @param colour finds the colour that most of the image has, if there is one; not asked for a skin tone's
     */
    static List<String> of(Emoji emoji, Supplier<Optional<String>> colour) {
        String label = straight(emoji.name().label());
        String spoken = spoken(label);
        String noun = noun(emoji.name(), spoken);
        Set<String> captions = new LinkedHashSet<>(List.of(label));
        captions.add(spoken);
        captions.add(noun);
        captions.add("a 3d emoji of " + noun);
        captions.addAll(lists(emoji, label, spoken));
        captions.addAll(nicknames(emoji));
        if (emoji.tone().isEmpty()) {
            colour.get()
                    .filter(name -> DominantColour.mayBe(name, label))
                    .ifPresent(name -> captions.addAll(coloured(emoji.name(), spoken, name)));
        }
        EverydayPrompts.of(emoji).ifPresent(prompt -> captions.removeIf(caption -> same(caption, prompt)));
        return List.copyOf(captions);
    }

    private static List<String> lists(Emoji emoji, String label, String spoken) {
        List<String> keywords =
                emoji.name().keywords().stream().map(EmojiCaptions::straight).toList();
        List<String> unsaid =
                keywords.stream().filter(keyword -> !label.contains(keyword)).toList();
        List<String> lists = new ArrayList<>(List.of(list(spoken, unsaid, FEW), list(spoken, unsaid, MANY)));
        if (keywords.size() > FEW) {
            parts(keywords).forEach(part -> lists.add(String.join(", ", part) + tone(emoji, ", ")));
        }
        return lists;
    }

    /** All of them, in parts of about the same length, none of more than {@value #MANY} and one. */
    private static List<List<String>> parts(List<String> keywords) {
        int count = keywords.size() / (MANY + 1) + 1;
        return IntStream.range(0, count)
                .mapToObj(i -> keywords.subList(i * keywords.size() / count, (i + 1) * keywords.size() / count))
                .toList();
    }

    /** What else it is called, by itself and as a noun. */
    private static List<String> nicknames(Emoji emoji) {
        List<String> captions = new ArrayList<>();
        for (String nickname : some(emoji.name().nicknames())) {
            String toned = nickname + tone(emoji, " with ");
            captions.add(toned);
            captions.add(noun(emoji.name(), toned));
        }
        return captions;
    }

    private static List<String> coloured(Emoji.Name name, String spoken, String colour) {
        List<String> nouns = new ArrayList<>(List.of(spoken));
        nouns.addAll(some(name.nicknames()));
        return nouns.stream()
                .filter(noun -> !noun.contains(colour))
                .map(noun -> noun(name, colour + " " + noun))
                .limit(FEW)
                .toList();
    }

    private static List<String> some(List<String> nicknames) {
        return nicknames.subList(0, Math.min(NICKNAMES, nicknames.size()));
    }

    private static boolean same(String caption, String prompt) {
        return withoutArticle(caption).equals(withoutArticle(prompt));
    }

    private static String withoutArticle(String caption) {
        return caption.replaceFirst("^an? ", "");
    }

    /** {@code man: light skin tone, beard} becomes {@code man with light skin tone and beard}. */
    static String spoken(String label) {
        int colon = label.indexOf(": ");
        if (colon < 0) {
            return label;
        }
        String subject = label.substring(0, colon);
        String details = label.substring(colon + 2);
        return switch (subject) {
            case "flag" -> "flag of " + details;
            case "family", "kiss", "couple with heart" -> subject + " of " + details;
            case "keycap" -> "keycap " + details;
            default -> withDetails(subject, details.split(", "));
        };
    }

    private static String withDetails(String subject, String... details) {
        StringBuilder spoken = new StringBuilder(subject);
        String joint = " with ";
        for (String detail : details) {
            boolean looks = detail.endsWith("tone") || detail.endsWith("hair") || detail.equals("beard");
            spoken.append(looks ? joint : ", ").append(detail);
            joint = looks ? " and " : joint;
        }
        return spoken.toString();
    }

    private static String list(String first, List<String> more, int most) {
        List<String> words = new ArrayList<>(List.of(first));
        words.addAll(more.subList(0, Math.min(most, more.size())));
        return String.join(", ", words);
    }

    private static String tone(Emoji emoji, String joint) {
        return emoji.tone().map(tone -> joint + tone.spoken() + " skin tone").orElse("");
    }

    private static String noun(Emoji.Name name, String words) {
        return takesArticle(name) ? article(words) + " " + words : words;
    }

    private static boolean takesArticle(Emoji.Name name) {
        String subject = name.label().split(":| with | in ")[0];
        boolean plural = subject.endsWith("s") && !subject.endsWith("ss");
        return !plural && !GROUPS_WITHOUT_ARTICLE.contains(name.group());
    }

    private static String article(String noun) {
        return "aeiou".indexOf(Character.toLowerCase(noun.charAt(0))) < 0 ? "a" : "an";
    }

    private static String straight(String text) {
        return text.replace('\u2019', '\'').replace('\u201c', '"').replace('\u201d', '"');
    }
}
