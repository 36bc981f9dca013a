package io.percolate.conditioning.tokenizer;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.conditioning.tokenizer.Tokens.Cut;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.weights.tensors.WeightsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Text to the tokens of CLIP (Radford et al. 2021): byte-pair encoding of lower-cased words.
 *
 * <p>A prompt of more than {@link #maxLength} tokens is cut, with a warning that quotes what was cut; the
 * end token always stays. Thread-safe; {@link #close} waits for prompts that are being encoded.
 */
public final class ClipTokenizer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClipTokenizer.class);

    /** Padding and cutting are done here: the native tokenizer pads with id 0 whatever the padding token. */
    private static final Map<String, String> AS_IS = Map.of("truncation", "false", "padding", "false");

    private final HuggingFaceTokenizer words;
    private final TokenIds tokenIds;
    private final int maxLength;
    private final int vocabularySize;
    private final Map<Integer, List<Integer>> expansions;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    /** A tokenizer of its own {@code vocabulary}, which must contain the special tokens. */
    public ClipTokenizer(BytePairVocabulary vocabulary, SpecialTokens special) {
        tokenIds = new TokenIds(
                vocabulary.id(special.start()), vocabulary.id(special.end()), vocabulary.id(special.padding()));
        maxLength = special.maxLength();
        vocabularySize = vocabulary.size();
        expansions = vocabulary.expansions();
        words = open(TokenizerJson.of(vocabulary, special));
    }

    /**
     * Reads a tokenizer folder of a published model: {@code vocab.json} with {@code merges.txt}, or {@code
     * tokenizer.json}.
     *
     * @throws WeightsException if a file is missing or does not hold what it should
     */
    public static ClipTokenizer load(Path folder) {
        return load(folder, UnaryOperator.identity());
    }

    /** The same with a changed vocabulary, such as one with learned tokens. */
    public static ClipTokenizer load(Path folder, UnaryOperator<BytePairVocabulary> change) {
        TokenizerFolder files = new TokenizerFolder(folder);
        BytePairVocabulary vocabulary = files.vocabulary();
        try {
            return new ClipTokenizer(change.apply(vocabulary), files.specialTokens());
        } catch (IllegalArgumentException e) {
            throw new WeightsException(folder + ": " + e.getMessage(), e);
        }
    }

    /** The tokens of {@code prompt}, padded or cut to {@link #maxLength}. */
    public Tokens encode(String prompt) {
        List<Word> read = read(prompt);
        Optional<Cut> cut = read.size() > maxLength - 2
                ? Optional.of(cut(prompt, read.get(maxLength - 2).span()))
                : Optional.empty();
        cut.ifPresent(rest -> LOG.warn(
                "the prompt has {} tokens but only {} fit, this was cut: {}", read.size(), maxLength - 2, rest));
        return frame(read.stream().limit(maxLength - 2L).mapToInt(Word::id), cut);
    }

    /** The tokens of several prompts as int64 (B,L). */
    public NDArray encode(List<String> prompts, NDManager manager) {
        return Tokens.batch(prompts.stream().map(this::encode).toList(), manager);
    }

    /** The ids of a text of any length, without start, end and padding. */
    public List<Integer> words(String text) {
        return read(text).stream().map(Word::id).toList();
    }

    /** Puts start and end token around at most {@code maxLength - 2} ids, and pads. */
    public Tokens frame(IntStream ids, Optional<Cut> cut) {
        List<Integer> framed = new ArrayList<>(maxLength);
        framed.add(tokenIds.start());
        ids.forEach(framed::add);
        framed.add(tokenIds.end());
        int count = framed.size();
        while (framed.size() < maxLength) {
            framed.add(tokenIds.padding());
        }
        return new Tokens(framed, count, cut);
    }

    /** The token of an id as the vocabulary spells it: in byte symbols, {@code </w>} where a word ends. */
    public String token(int id) {
        lock.readLock().lock();
        try {
            return words.decode(new long[] {id}, false);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** L, the number of tokens in every encoded prompt. */
    public int maxLength() {
        return maxLength;
    }

    /** Rows that the text encoder's embedding table must have. */
    public int vocabularySize() {
        return vocabularySize;
    }

    /** The ids of start, end and padding. */
    public TokenIds tokenIds() {
        return tokenIds;
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            words.close();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** A token's id, and where in the text it is; a learned token of several vectors is as many of them. */
    private record Word(int id, CharSpan span) {}

    private List<Word> read(String text) {
        Encoding encoding = encoding(text);
        List<Word> read = new ArrayList<>();
        for (int i = 0; i < encoding.getIds().length; i++) {
            int id = Math.toIntExact(encoding.getIds()[i]);
            CharSpan span = encoding.getCharTokenSpans()[i];
            expansions.getOrDefault(id, List.of(id)).forEach(each -> read.add(new Word(each, span)));
        }
        return read;
    }

    private Encoding encoding(String text) {
        lock.readLock().lock();
        try {
            return words.encode(text, false, false);
        } finally {
            lock.readLock().unlock();
        }
    }

    private static Cut cut(String prompt, CharSpan firstCut) {
        int position = prompt.offsetByCodePoints(0, firstCut.getStart());
        return new Cut(position, prompt.substring(position));
    }

    private static HuggingFaceTokenizer open(byte[] json) {
        TorchEngine.stayOffline();
        try {
            return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), AS_IS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
