package io.percolate.conditioning.tokenizer;

/**
 * The tokens that are not part of any text, and how many tokens a prompt is padded or cut to.
 *
 * @param start what every prompt begins with
 * @param end what ends a prompt; the text encoder's pooled state is the one at this token
 * @param padding what follows the end token: the end token again, or {@code !} in OpenCLIP's models
 * @param maxLength L, the number of tokens a text encoder reads, start and end included
 */
public record SpecialTokens(String start, String end, String padding, int maxLength) {

    /** CLIP's start token. */
    public static final String START = "<|startoftext|>";

    /** CLIP's end token. */
    public static final String END = "<|endoftext|>";

    /** L of every published CLIP. */
    public static final int CLIP_LENGTH = 77;

    public SpecialTokens {
        if (start.isEmpty() || end.isEmpty() || padding.isEmpty()) {
            throw new IllegalArgumentException("start, end and padding token must not be empty");
        }
        if (maxLength < 3) {
            throw new IllegalArgumentException(
                    "prompts of " + maxLength + " tokens hold no words: start and end take two");
        }
    }

    /** CLIP's tokens, padded with {@code !} as OpenCLIP's models were trained (Stable Diffusion 2, XL's second encoder). */
    public static SpecialTokens openClip(int maxLength) {
        return new SpecialTokens(START, END, "!", maxLength);
    }

    /** CLIP's tokens, padded with the end token, for prompts of {@code maxLength} tokens. */
    public static SpecialTokens clip(int maxLength) {
        return new SpecialTokens(START, END, END, maxLength);
    }
}
