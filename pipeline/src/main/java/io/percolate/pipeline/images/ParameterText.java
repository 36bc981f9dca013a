package io.percolate.pipeline.images;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How an image was made, in the words that the usual tools write into the PNG text {@code parameters}:
 *
 * <pre>
 * a red apple
 * Negative prompt: blurry
 * Steps: 20, Sampler: ddim, CFG scale: 7.5, Seed: 42, Size: 128x128, Model: emoji, Version: percolate 0.1.0
 * </pre>
 *
 * @param prompt may have several lines
 * @param negativePrompt empty if there was none
 * @param settings the rest by name, in the order in which it is written
 */
public record ParameterText(String prompt, String negativePrompt, Map<String, String> settings) {

    public static final String STEPS = "Steps";
    public static final String SAMPLER = "Sampler";
    public static final String GUIDANCE_SCALE = "CFG scale";
    public static final String SEED = "Seed";
    public static final String SIZE = "Size";
    public static final String MODEL = "Model";
    public static final String LORAS = "LoRA";
    public static final String CONTROL_NETS = "ControlNet";
    public static final String SCHEDULE = "Schedule type";
    public static final String SPACING = "Timestep spacing";
    public static final String ETA = "Eta DDIM";
    public static final String GUIDANCE_RESCALE = "CFG rescale";
    public static final String GUIDANCE_INTERVAL = "CFG interval";
    public static final String CLIP_SKIP = "Clip skip";
    public static final String EMPHASIS = "Emphasis";
    public static final String STRENGTH = "Denoising strength";
    public static final String IMAGE_GUIDANCE_SCALE = "Image CFG scale";
    public static final String VERSION = "Version";

    /** The keyword of the PNG text. */
    static final String KEYWORD = "parameters";

    private static final String NEGATIVE = "Negative prompt: ";
    private static final Pattern SETTING =
            Pattern.compile("\\s*([\\w][\\w \\-/]*):\\s*(\"(?:\\\\.|[^\\\\\"])*\"|[^,]*)(?:,|$)");

    public ParameterText {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** A prompt without settings yet. */
    public static ParameterText of(String prompt, String negativePrompt) {
        return new ParameterText(prompt, negativePrompt, Map.of());
    }

    /** The same with one more setting. */
    public ParameterText with(String name, Object value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(name, String.valueOf(value));
        return new ParameterText(prompt, negativePrompt, more);
    }

    /** The same, with one more setting if {@code said}. */
    public ParameterText withIf(boolean said, String name, Object value) {
        return said ? with(name, value) : this;
    }

    /** The text as it stands in the file. */
    public String format() {
        List<String> lines = new ArrayList<>(List.of(prompt));
        if (!negativePrompt.isEmpty()) {
            lines.add(NEGATIVE + negativePrompt);
        }
        if (!settings.isEmpty()) {
            lines.add(settings.entrySet().stream()
                    .map(setting -> setting.getKey() + ": " + quoted(setting.getValue()))
                    .collect(Collectors.joining(", ")));
        }
        return String.join("\n", lines);
    }

    /** Reads what {@link #format}, or another tool, wrote; a text in another form is all prompt. */
    public static ParameterText parse(String text) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.strip().split("\n", -1)));
        Map<String, String> settings = settings(lines.get(lines.size() - 1));
        if (!settings.isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        int negative = 0;
        while (negative < lines.size() && !lines.get(negative).startsWith(NEGATIVE.strip())) {
            negative++;
        }
        String prompt = String.join("\n", lines.subList(0, negative));
        String rest = String.join("\n", lines.subList(negative, lines.size()));
        return new ParameterText(
                prompt,
                rest.isEmpty() ? "" : rest.substring(NEGATIVE.strip().length()).strip(),
                settings);
    }

    /** Three settings make a line of settings; fewer may be a prompt with a colon in it. */
    private static Map<String, String> settings(String line) {
        Map<String, String> settings = new LinkedHashMap<>();
        Matcher matcher = SETTING.matcher(line);
        while (matcher.find()) {
            settings.put(matcher.group(1).strip(), unquoted(matcher.group(2).strip()));
        }
        return settings.size() >= 3 || line.startsWith(STEPS + ": ") ? settings : Map.of();
    }

    private static String quoted(String value) {
        boolean plain = value.chars().noneMatch(c -> c == ',' || c == ':' || c == '\n' || c == '"');
        return plain
                ? value
                : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static String unquoted(String value) {
        if (value.length() < 2 || !value.startsWith("\"")) {
            return value;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 1; i < value.length() - 1; i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                c = value.charAt(++i) == 'n' ? '\n' : value.charAt(i);
            }
            plain.append(c);
        }
        return plain.toString();
    }
}
