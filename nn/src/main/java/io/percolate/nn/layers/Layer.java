package io.percolate.nn.layers;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.GradientCheckpointing;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A part of a network: parameters of its own and named children, registered in the constructor.
 *
 * <p>A parameter's name is the path to it, joined with dots as torch does:
 * {@code mid_block.resnets.0.conv1.weight}. A new layer has shapes but no values; {@link #initialise}
 * makes random ones, a loader {@link #assign}s them, or {@link #use} loads them and frees them again.
 * Layers compute in the type of their input and keep no state between calls, so one network may serve many threads.
 */
public abstract class Layer implements AutoCloseable {

    private final Map<String, Layer> children = new LinkedHashMap<>();
    private final List<Layer> inlined = new ArrayList<>();
    private final Map<String, Parameter> own = new LinkedHashMap<>();
    private Offload offload = Offload.PERMANENT;
    private Precision precision;

    /** Registers {@code layer} under {@code name}, which may contain dots ({@code to_out.0}). */
    protected final <L extends Layer> L child(String name, L layer) {
        if (children.put(name, layer) != null) {
            throw new IllegalArgumentException("two children are called " + name);
        }
        return layer;
    }

    /** Registers {@code layer} under no name: its parameters are named as if they were this layer's own. */
    protected final <L extends Layer> L inline(L layer) {
        inlined.add(layer);
        return layer;
    }

    /** Registers a parameter under {@code name}. */
    protected final Parameter parameter(String name, Shape shape, Initializer initializer) {
        return register(name, new Parameter(shape, initializer, true));
    }

    /** Registers what is saved and loaded as parameters are but never trained under {@code name}. */
    protected final Parameter buffer(String name, Shape shape, Initializer initializer) {
        return register(name, new Parameter(shape, initializer, false));
    }

    private Parameter register(String name, Parameter parameter) {
        own.put(name, parameter);
        return parameter;
    }

    /** Every parameter below this layer by its dotted name, in the order of construction. */
    public final Map<String, Parameter> parameters() {
        Map<String, Parameter> all = new LinkedHashMap<>();
        collect("", all);
        return Collections.unmodifiableMap(all);
    }

    /** Every layer of {@code type} below this one by its dotted name, in the order of construction. */
    public final <L extends Layer> Map<String, L> layers(Class<L> type) {
        Map<String, L> all = new LinkedHashMap<>();
        collect("", type, all);
        return Collections.unmodifiableMap(all);
    }

    /** The shape of every parameter, by dotted name. */
    public final Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        parameters().forEach((name, parameter) -> shapes.put(name, parameter.shape()));
        return shapes;
    }

    /** Number of scalars in all parameters. */
    public final long parameterCount() {
        return parameters().values().stream().mapToLong(p -> p.shape().size()).sum();
    }

    /** Where its first parameter is, and all others with it. */
    public final Device device() {
        return parameters().values().iterator().next().device();
    }

    /** Gives every parameter random first values; the same seed gives the same values. */
    public final void initialise(NDManager manager, long seed) {
        Random random = new Random(seed);
        parameters().values().forEach(parameter -> parameter.initialise(manager, random));
    }

    /** Sets the parameter called {@code name}, which from here on owns {@code value}. */
    public final void assign(String name, NDArray value) {
        parameter(name).set(value);
    }

    /** Lets {@code read} give the parameter called {@code name} its value when that is first needed. */
    public final void bind(String name, Supplier<NDArray> read) {
        parameter(name).bind(read);
    }

    private Parameter parameter(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no parameter is called " + name));
    }

    /** Follows the path, since loaders ask for every parameter of a network. */
    private Optional<Parameter> find(String name) {
        return Optional.ofNullable(own.get(name))
                .or(() -> children.entrySet().stream()
                        .filter(child -> name.startsWith(child.getKey() + "."))
                        .flatMap(child -> child
                                .getValue()
                                .find(name.substring(child.getKey().length() + 1))
                                .stream())
                        .findFirst())
                .or(() -> inlined.stream()
                        .flatMap(layer -> layer.find(name).stream())
                        .findFirst());
    }

    /**
     * From now on the parameters are in memory only while {@link #use} runs. Whole networks call {@code use} themselves.
     *
     * @param load assigns every parameter; it runs before each outermost use, on the thread that asks for it
     */
    public final void offload(Runnable load) {
        close();
        offload = new Offload(() -> Scope.run(load), this::close);
    }

    /**
     * Runs {@code body} with the parameters in memory. Uses may nest, and those of several threads may overlap: all
     * share one copy, which the last one frees if the parameters are {@linkplain #offload offloaded}.
     */
    public final <T> T use(Supplier<T> body) {
        offload.enter();
        try {
            return body.get();
        } finally {
            offload.leave();
        }
    }

    /** Makes this another view of {@code network}, whose parameters it has: they are loaded and freed together. */
    protected final void shareParametersOf(Layer network) {
        offload = network.offload;
        precision = network.precision;
    }

    /** Makes every parameter but buffers a float32 leaf that gathers gradients. */
    public final void makeTrainable() {
        each(Parameter::makeTrainable);
    }

    /**
     * Keeps every parameter in {@code precision} from its first use on, and without a gradient of its own; those of
     * {@linkplain AdaptableLayer#adapt adapters} pass through.
     */
    public final void makeFrozen(Precision type) {
        each(parameter -> parameter.keepIn(type, false));
    }

    /**
     * {@link #makeFrozen} in float32, but matrices that a file has in float16 stay so, and are widened wherever they
     * compute: the same numbers in half of the memory. Worth it where blocks are {@linkplain GradientCheckpointing
     * computed again}; autograd keeps what was widened until the backward pass.
     */
    public final void makeFrozenAsRead() {
        each(parameter -> parameter.keepIn(Precision.FP32, true));
    }

    /**
     * Readies this layer for inference in {@code precision}, with inputs of that precision, and for nothing else:
     * parameters are converted and packed at their first use, and their values can no longer be read.
     */
    public final void prepack(Precision precision) {
        this.precision = precision;
        each(parameter -> parameter.prepack(precision));
    }

    /** Whether this layer serves inference only: gradients do not pass through it. */
    public final boolean isPrepacked() {
        return precision != null;
    }

    /** {@code x} in the precision that this layer computes in: that it was prepacked in, or else that of {@code x}. */
    protected final NDArray asComputed(NDArray x) {
        return precision == null ? x : Aten.to(x, precision);
    }

    /** Frees the parameters' arrays. */
    @Override
    public final void close() {
        each(Parameter::close);
    }

    private void each(Consumer<Parameter> action) {
        parameters().values().forEach(action);
    }

    private <L extends Layer> void collect(String prefix, Class<L> type, Map<String, L> all) {
        children.forEach((name, layer) -> {
            if (type.isInstance(layer)) {
                all.put(prefix + name, type.cast(layer));
            }
            layer.collect(prefix + name + ".", type, all);
        });
        inlined.forEach(layer -> layer.collect(prefix, type, all));
    }

    private void collect(String prefix, Map<String, Parameter> all) {
        own.forEach((name, parameter) -> all.put(prefix + name, parameter));
        children.forEach((name, layer) -> layer.collect(prefix + name + ".", all));
        inlined.forEach(layer -> layer.collect(prefix, all));
    }
}
