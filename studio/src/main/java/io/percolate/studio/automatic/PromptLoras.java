package io.percolate.studio.automatic;

import io.percolate.studio.work.ModelChoice.LoraChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prompt that names LoRAs in angle brackets, such as {@code <lora:style:0.8>}.
 *
 * @param text the prompt without them
 * @param loras in their order
 */
record PromptLoras(String text, List<LoraChoice> loras) {

    private static final Pattern LORA = Pattern.compile("<lora:([^:<>]{1,200})(?::(-?\\d{1,2}(?:\\.\\d{1,6})?))?>");

    static PromptLoras of(String prompt) {
        List<LoraChoice> loras = new ArrayList<>();
        Matcher matcher = LORA.matcher(prompt);
        while (matcher.find()) {
            double scale = matcher.group(2) == null ? 1 : Double.parseDouble(matcher.group(2));
            loras.add(new LoraChoice(matcher.group(1), scale));
        }
        return new PromptLoras(loras.isEmpty() ? prompt : matcher.replaceAll("").strip(), loras);
    }
}
