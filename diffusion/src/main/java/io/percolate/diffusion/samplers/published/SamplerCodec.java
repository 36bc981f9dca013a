package io.percolate.diffusion.samplers.published;

import io.percolate.diffusion.samplers.Sampler;
import io.percolate.files.JsonConfig;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads a sampler's own options out of a published config, and writes them.
 *
 * @param type the class of the sampler
 * @param reader makes the sampler of a config; refuses values that it does not support
 * @param writer the options under their published names
 */
record SamplerCodec<S extends Sampler>(
        Class<S> type, Function<JsonConfig, S> reader, Function<S, Map<String, Object>> writer) {

    /** For a sampler without options. */
    static <S extends Sampler> SamplerCodec<S> plain(Class<S> type, Supplier<S> sampler) {
        return new SamplerCodec<>(type, json -> sampler.get(), options -> Map.of());
    }

    S read(JsonConfig json) {
        return reader.apply(json);
    }

    Map<String, Object> write(Sampler sampler) {
        return writer.apply(type.cast(sampler));
    }
}
