package io.percolate.nn.layers;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.NativeHeap;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.TensorList;
import io.percolate.nn.engine.TorchArray;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A tensor that training changes, or a buffer, which is kept beside such tensors. Its shape is known from the start; its array is set or read later. */
public final class Parameter implements AutoCloseable {

    private final Shape shape;
    private final Initializer initializer;
    private final boolean trained;
    private NDArray value;
    private Supplier<NDArray> source;
    private Precision precision;
    private @Nullable Precision kept;
    private boolean asRead;
    private volatile NDList packed;

    Parameter(Shape shape, Initializer initializer, boolean trained) {
        this.shape = shape;
        this.trained = trained;
        this.initializer = initializer;
    }

    /** The shape that its tensor must have. */
    public Shape shape() {
        return shape;
    }

    /** Whether it follows gradients, as all but buffers do. */
    public boolean isTrained() {
        return trained;
    }

    /**
     * The array; fails if neither {@link Layer#initialise} nor a loader has set it, or its network is offloaded and
     * {@link Layer#use} has ended.
     */
    public NDArray value() {
        if (value == null) {
            read();
        }
        return value;
    }

    /** Where the numbers are; they are read if they are not in memory. */
    public Device device() {
        NDList held = packed;
        return held == null ? value().getDevice() : held.head().getDevice();
    }

    private synchronized void read() {
        if (value == null) {
            if (source == null) {
                throw new IllegalStateException("a parameter of shape " + shape
                        + (packed == null
                                ? " has no values: load weights or call initialise first; if its network is"
                                        + " offloaded, work within Layer.use"
                                : " was packed for inference and cannot be read: load the weights again"));
            }
            value = kept(source.get());
            NDScope.unregister(value);
        }
    }

    private NDArray kept(NDArray array) {
        if (kept == null || isAlready(kept, array) || isWidened(array)) {
            return array;
        }
        try (array) {
            return Gradients.off(() -> Aten.to(array, kept));
        }
    }

    /**
     * From here on the numbers are kept in {@code type}, which is what they compute in.
     *
     * @param matricesAsRead whether a matrix of float16 stays one, and only what {@link #cast} gives is in {@code type}
     */
    void keepIn(Precision type, boolean matricesAsRead) {
        kept = type;
        asRead = matricesAsRead;
        if (value != null) {
            NDArray other = kept(value);
            value = null;
            set(other);
        }
    }

    /** The arrays of {@code parameters} as they are now. */
    public static TensorList values(Collection<Parameter> parameters) {
        return TensorList.of(parameters.stream().map(Parameter::value).toList());
    }

    /** Whether the numbers are in memory, as an array or packed. */
    public boolean isInMemory() {
        return value != null || packed != null;
    }

    /** Replaces the array, closing the one before; from here on this parameter owns {@code array}. */
    public void set(NDArray array) {
        if (!array.getShape().equals(shape)) {
            throw new IllegalArgumentException("values of shape " + array.getShape() + " for a parameter of " + shape);
        }
        NDScope.unregister(array);
        close();
        value = array;
    }

    /** Adds to its gradient what a backward pass elsewhere gave. */
    public void addGradient(NDArray gradient) {
        Gradients.add(value(), gradient);
    }

    /** Lets {@code read} give the array when it is first needed; from then on this parameter owns it. */
    void bind(Supplier<NDArray> read) {
        close();
        source = read;
    }

    void initialise(NDManager manager, RandomGenerator random) {
        set(TorchArray.of(manager, initializer.values(shape, random), shape));
    }

    /** Records gradients from now on, into a private copy: what was loaded may be a read-only mapping. */
    void makeTrainable() {
        set(Gradients.off(() -> value().duplicate()));
        value.setRequiresGradient(trained);
    }

    /**
     * Drops the gradient, by replacing {@link #value} with another handle on the same numbers. The next
     * backward pass then hands over the array it made, which is faster than adding it to zeros.
     */
    public void dropGradient() {
        if (trained) {
            set(Gradients.leaf(value()));
        }
    }

    /** From here on the numbers serve inference in {@code type} only, so a kernel may pack them at their first use. */
    void prepack(Precision type) {
        precision = type;
    }

    /** Whether the numbers serve inference only, in the order that a kernel wants. */
    public boolean isPrepacked() {
        return precision != null;
    }

    /** What a prepacked parameter computes in. */
    public Precision precision() {
        return precision;
    }

    /** The array as the engine's operators take it: in its precision if it is prepacked; widened, it is a new one. */
    public NDArray cast() {
        if (isPrepacked()) {
            return packed(array -> new NDList(isAlready(precision, array) ? array : Aten.to(array, precision)))
                    .head();
        }
        NDArray array = value();
        return isWidened(array) ? Aten.to(array, kept) : array;
    }

    /** Vectors are small, and not worth it. */
    private boolean isWidened(NDArray array) {
        return asRead && shape.dimension() > 1 && array.getDataType() == DataType.FLOAT16;
    }

    /** What need not be converted may stay a mapping of a file. */
    private static boolean isAlready(Precision type, NDArray array) {
        return type == Precision.FP32 && array.getDataType() == DataType.FLOAT32;
    }

    /**
     * A prepacked parameter's numbers in the order that a kernel wants. The first call packs them; from then on they
     * take the place of {@link #value}.
     *
     * @param pack from the array, which may be a read-only mapping, to what the kernel wants
     */
    public NDList packed(Function<NDArray, NDList> pack) {
        if (packed == null) {
            pack(pack);
        }
        return packed;
    }

    private synchronized void pack(Function<NDArray, NDList> pack) {
        if (packed == null) {
            packed = NativeHeap.inOwnPages(() -> fromValue(pack));
        }
    }

    private NDList fromValue(Function<NDArray, NDList> pack) {
        NDArray array = value();
        NDList arrays = Gradients.off(() -> pack.apply(array));
        arrays.forEach(NDScope::unregister);
        if (arrays.head() != array) {
            array.close();
        }
        value = null;
        return arrays;
    }

    @Override
    public void close() {
        if (value != null) {
            value.close();
            value = null;
        }
        if (packed != null) {
            packed.close();
            packed = null;
        }
        source = null;
    }
}
