package io.percolate.cli.options;

import io.percolate.cli.bench.LatentSize;
import io.percolate.cli.bench.Subject;
import io.percolate.conditioning.guidance.Guidance;
import io.percolate.diffusion.process.Prediction;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.diffusion.steps.TimestepSpacing;
import io.percolate.nn.engine.Precision;
import io.percolate.pipeline.generation.Size;
import io.percolate.pipeline.model.Lora;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the words on the command line become types; a wrong word is answered with the right ones. */
public final class Choices {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})[xX](\\d{1,5})");
    private static final Pattern INTERVAL = Pattern.compile("(\\d{1,9}):(\\d{1,9})");

    private static final Pattern SCALED = Pattern.compile("(.+):([-+]?(?:\\d+\\.?\\d*|\\.\\d+))");

    private Choices() {}

    private static <E extends Enum<E>> E constant(Class<E> type, String kind, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> lowerCase(constant).equals(name))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "no " + kind + " is called '" + name + "', choose one of " + String.join(" ", names(type))));
    }

    private static <E extends Enum<E>> List<String> names(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Choices::lowerCase).toList();
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** {@code dpmpp_2m}. */
    public static final class SamplerName implements ITypeConverter<SamplerKind>, Iterable<String> {

        @Override
        public SamplerKind convert(String name) {
            return constant(SamplerKind.class, "sampler", name);
        }

        @Override
        public Iterator<String> iterator() {
            return names(SamplerKind.class).iterator();
        }
    }

    /** {@code trailing}. */
    public static final class SpacingName implements ITypeConverter<TimestepSpacing> {

        @Override
        public TimestepSpacing convert(String name) {
            return constant(TimestepSpacing.class, "spacing", name);
        }
    }

    /** {@code epsilon}. */
    static final class PredictionName implements ITypeConverter<Prediction> {

        @Override
        public Prediction convert(String name) {
            return constant(Prediction.class, "prediction", name);
        }
    }

    /** {@code bf16}. */
    public static final class PrecisionName implements ITypeConverter<Precision> {

        @Override
        public Precision convert(String name) {
            return constant(Precision.class, "precision", name);
        }
    }

    /** {@code train_vae}. */
    public static final class SubjectName implements ITypeConverter<Subject> {

        @Override
        public Subject convert(String name) {
            return constant(Subject.class, "subject", name);
        }
    }

    /** {@code 64x96}, height first as tensors have it. */
    public static final class HeightByWidth implements ITypeConverter<LatentSize> {

        @Override
        public LatentSize convert(String text) {
            return size(text, "height and width, such as 64x96", LatentSize::new);
        }
    }

    /** {@code 100:800}. */
    public static final class TimestepInterval implements ITypeConverter<Guidance.Interval> {

        @Override
        public Guidance.Interval convert(String text) {
            Matcher interval = INTERVAL.matcher(text);
            if (!interval.matches()) {
                throw new TypeConversionException("'" + text + "' is no interval: give two timesteps, such as 100:800");
            }
            try {
                return new Guidance.Interval(Integer.parseInt(interval.group(1)), Integer.parseInt(interval.group(2)));
            } catch (IllegalArgumentException empty) {
                throw new TypeConversionException(empty.getMessage());
            }
        }
    }

    /** {@code style.safetensors:0.8}. */
    static final class LoraFileAndScale implements ITypeConverter<Lora> {

        @Override
        public Lora convert(String text) {
            Matcher scaled = SCALED.matcher(text);
            return scaled.matches() && !Files.exists(Path.of(text))
                    ? new Lora(Path.of(scaled.group(1)), Double.parseDouble(scaled.group(2)))
                    : new Lora(Path.of(text), 1);
        }
    }

    /** {@code 512x768}. */
    public static final class WidthByHeight implements ITypeConverter<Size> {

        @Override
        public Size convert(String text) {
            return size(text, "width and height, such as 512x768", Size::new);
        }
    }

    private static <S> S size(String text, String form, BiFunction<Integer, Integer, S> type) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw new TypeConversionException("'" + text + "' is no size: give " + form);
        }
        try {
            return type.apply(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
        } catch (IllegalArgumentException empty) {
            throw new TypeConversionException(empty.getMessage());
        }
    }
}
