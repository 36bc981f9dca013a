package io.percolate.cli.emoji;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Says in several ways what is on an emoji, but not as its {@link EverydayPrompts everyday prompt} does. */
final class EmojiCaptions {

    private static final Set<String> GROUPS_WITHOUT_ARTICLE = Set.of("flags", "symbols");
    private static final int FEW = 2;
    private static final int MANY = 5;

    private EmojiCaptions() {}

    /** Different captions, the label first. */
    static List<String> of(Emoji emoji) {
        String label = straight(emoji.name().label());
        String spoken = spoken(label);
        String noun = takesArticle(emoji.name()) ? article(spoken) + " " + spoken : spoken;
        List<String> keywords =
                emoji.name().keywords().stream().map(EmojiCaptions::straight).toList();
        List<String> unsaid =
                keywords.stream().filter(keyword -> !label.contains(keyword)).toList();
        Set<String> captions = new LinkedHashSet<>(List.of(label));
        captions.add(spoken);
        captions.add(noun);
        captions.add("a 3d emoji of " + noun);
        captions.add(list(spoken, unsaid, FEW));
        captions.add(list(spoken, unsaid, MANY));
        if (keywords.size() > FEW) {
            captions.add(list(keywords.get(0), keywords.subList(1, keywords.size()), MANY) + tone(emoji));
        }
        EverydayPrompts.of(emoji).ifPresent(captions::remove);
        return List.copyOf(captions);
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

    private static String tone(Emoji emoji) {
        return emoji.tone().map(tone -> ", " + tone.spoken() + " skin tone").orElse("");
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
