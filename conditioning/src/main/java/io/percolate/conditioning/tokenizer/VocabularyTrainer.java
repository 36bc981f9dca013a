package io.percolate.conditioning.tokenizer;

import io.percolate.conditioning.tokenizer.BytePairVocabulary.Merge;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Learns a byte-pair vocabulary from captions (Sennrich et al. 2016, algorithm 1): again and again, the
 * most frequent pair of neighbouring symbols becomes one symbol.
 *
 * <p>Captions are split into words as {@link ClipTokenizer} splits prompts. The same captions, in whatever
 * order, give the same vocabulary.
 */
public final class VocabularyTrainer {

    /** CLIP's layout begins with the 256 bytes, each inside and at the end of a word, and ends with two marks. */
    public static final int TOKENS_WITHOUT_MERGES = 2 * 256 + 2;

    private static final Pattern WORDS = Pattern.compile(
            "'s|'t|'re|'ve|'m|'ll|'d|\\p{L}+|\\p{N}|[^\\s\\p{L}\\p{N}]+", Pattern.UNICODE_CHARACTER_CLASS);

    private static final Comparator<Candidate> MOST_FREQUENT_FIRST = Comparator.comparingLong(Candidate::count)
            .reversed()
            .thenComparing(candidate -> candidate.merge().left())
            .thenComparing(candidate -> candidate.merge().right());

    private final List<Word> words = new ArrayList<>();
    private final Map<Merge, Long> counts = new HashMap<>();
    private final Map<Merge, Set<Word>> occurrences = new HashMap<>();
    private final PriorityQueue<Candidate> candidates = new PriorityQueue<>(MOST_FREQUENT_FIRST);

    private VocabularyTrainer(Iterable<String> captions) {
        count(captions).forEach((word, count) -> words.add(new Word(word, count)));
        words.forEach(word -> add(word, 1));
        counts.forEach((merge, count) -> candidates.add(new Candidate(merge, count)));
    }

    /**
     * Learns a vocabulary of CLIP's layout.
     *
     * @param captions the texts to learn from
     * @param mergeCount the largest number of merges; there are fewer if every word has become one token
     */
    public static BytePairVocabulary learn(Iterable<String> captions, int mergeCount) {
        if (mergeCount < 0) {
            throw new IllegalArgumentException(
                    mergeCount + " merges: a vocabulary has at least its 512 byte symbols and two marks");
        }
        return BytePairVocabulary.of(new VocabularyTrainer(captions).merges(mergeCount));
    }

    /** How often each word occurs; sorted, so that the order of the captions does not matter. */
    private static Map<String, Long> count(Iterable<String> captions) {
        Map<String, Long> words = new TreeMap<>();
        for (String caption : captions) {
            String text = Normalizer.normalize(caption, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
            WORDS.matcher(text).results().forEach(match -> words.merge(match.group(), 1L, Long::sum));
        }
        return words;
    }

    /** A pair that was merged before and has formed again in another way is not listed twice. */
    private List<Merge> merges(int mergeCount) {
        Set<Merge> merges = new LinkedHashSet<>();
        while (merges.size() < mergeCount && !candidates.isEmpty()) {
            Candidate best = candidates.poll();
            long count = counts.getOrDefault(best.merge(), 0L);
            if (count == best.count()) {
                merges.add(best.merge());
                apply(best.merge());
            } else if (count > 0) {
                candidates.add(new Candidate(best.merge(), count));
            }
        }
        return List.copyOf(merges);
    }

    private void apply(Merge merge) {
        Set<Merge> changed = new HashSet<>();
        for (Word word : occurrences.remove(merge)) {
            add(word, -1);
            word.apply(merge);
            changed.addAll(add(word, 1));
        }
        changed.forEach(pair -> candidates.add(new Candidate(pair, counts.get(pair))));
    }

    /** Counts the pairs of {@code word} in, or with sign -1 out. */
    private List<Merge> add(Word word, int sign) {
        List<Merge> pairs = word.pairs();
        for (Merge pair : pairs) {
            counts.merge(pair, sign * word.count, Long::sum);
            occurrences.computeIfAbsent(pair, p -> new HashSet<>()).add(word);
        }
        return pairs;
    }

    private record Candidate(Merge merge, long count) {}

    /** A word as the symbols it is made of so far. */
    private static final class Word {

        private final long count;
        private List<String> symbols;

        Word(String text, long count) {
            this.count = count;
            symbols = new ArrayList<>(ByteSymbols.of(text));
            int last = symbols.size() - 1;
            symbols.set(last, symbols.get(last) + BytePairVocabulary.END_OF_WORD);
        }

        List<Merge> pairs() {
            List<Merge> pairs = new ArrayList<>();
            for (int i = 1; i < symbols.size(); i++) {
                pairs.add(new Merge(symbols.get(i - 1), symbols.get(i)));
            }
            return pairs;
        }

        void apply(Merge merge) {
            List<String> joined = new ArrayList<>();
            for (int i = 0; i < symbols.size(); i += isAt(i, merge) ? 2 : 1) {
                joined.add(isAt(i, merge) ? merge.joined() : symbols.get(i));
            }
            symbols = joined;
        }

        private boolean isAt(int i, Merge merge) {
            return i + 1 < symbols.size()
                    && symbols.get(i).equals(merge.left())
                    && symbols.get(i + 1).equals(merge.right());
        }
    }
}
