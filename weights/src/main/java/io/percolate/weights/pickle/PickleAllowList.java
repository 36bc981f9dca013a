package io.percolate.weights.pickle;

import ai.djl.ndarray.types.Shape;
import io.percolate.weights.tensors.ElementType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Python names that a torch checkpoint may use: tensors, storages and dictionaries have a meaning, what
 * training frameworks leave behind is accepted and means nothing, and everything else is refused by name.
 */
final class PickleAllowList implements Unpickler.AllowList {

    /** Where a tensor's numbers are: in the storage called {@code key}, from element {@code first} on. */
    record Storage(String key, ElementType type, long first) {}

    /** The type of a storage, as {@code torch.HalfStorage} names it. */
    private record StorageType(ElementType type) {}

    /** A name, a call or an object without meaning here. */
    private record Ignored(String name) implements Unpickler.Callable {

        @Override
        public Object call(List<?> arguments) {
            return this;
        }
    }

    private static final Map<String, ElementType> STORAGES = Map.of(
            "DoubleStorage", ElementType.F64,
            "FloatStorage", ElementType.F32,
            "HalfStorage", ElementType.F16,
            "BFloat16Storage", ElementType.BF16,
            "LongStorage", ElementType.I64,
            "IntStorage", ElementType.I32,
            "ShortStorage", ElementType.I16,
            "CharStorage", ElementType.I8,
            "ByteStorage", ElementType.U8,
            "BoolStorage", ElementType.BOOL);

    private static final Map<String, Unpickler.Callable> CALLS = Map.of(
            "collections.OrderedDict", PickleAllowList::dictionary,
            "torch._utils._rebuild_tensor_v2", PickleAllowList::tensor,
            "torch._utils._rebuild_tensor", PickleAllowList::tensor,
            "torch._utils._rebuild_parameter", arguments -> arguments.get(0));

    /** Whole packages whose objects carry no weights. */
    private static final List<String> IGNORED_PACKAGES = List.of(
            "pytorch_lightning.", "lightning.", "lightning_fabric.", "omegaconf.", "transformers.", "diffusers.");

    /** Single names; never whole packages, for these hold functions that do anything. */
    private static final List<String> IGNORED_NAMES = List.of(
            "numpy.dtype",
            "numpy.ndarray",
            "numpy.core.multiarray.scalar",
            "numpy.core.multiarray._reconstruct",
            "numpy._core.multiarray.scalar",
            "numpy._core.multiarray._reconstruct",
            "_codecs.encode",
            "collections.defaultdict",
            "collections.Counter",
            "typing.Any",
            "argparse.Namespace",
            "pathlib.Path",
            "pathlib.PosixPath",
            "pathlib.WindowsPath",
            "torch.Size",
            "torch.device");

    private static final List<String> BUILTINS = List.of(
            "dict", "list", "set", "frozenset", "tuple", "int", "float", "bool", "str", "complex", "slice", "object");

    private static final List<String> TORCH_TYPES =
            List.of("float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool");

    private final Map<String, ElementType> storages = new HashMap<>();

    @Override
    public Object global(String module, String name) {
        String full = module + "." + name;
        if (module.equals("torch") && STORAGES.containsKey(name)) {
            return new StorageType(STORAGES.get(name));
        }
        if (CALLS.containsKey(full)) {
            return CALLS.get(full);
        }
        if (isHarmless(module, name)) {
            return new Ignored(full);
        }
        throw new IllegalArgumentException("it refers to " + printable(full)
                + ", which weights do not need and which may do harm: get the model as safetensors");
    }

    @Override
    public Object persistent(Object id) {
        List<?> parts = (List<?>) id;
        require(parts.get(0).equals("storage"), "it holds a whole module and not only weights: save its state_dict");
        ElementType type = ((StorageType) parts.get(1)).type();
        String key = (String) parts.get(2);
        storages.put(key, type);
        boolean isView = parts.size() > 5 && parts.get(5) instanceof List<?>;
        return new Storage(key, type, isView ? (Long) ((List<?>) parts.get(5)).get(1) : 0);
    }

    /** Bytes per element of the storages with these keys, which have been referred to before. */
    Map<String, Integer> widths(List<?> keys) {
        Map<String, Integer> widths = new LinkedHashMap<>();
        keys.forEach(key -> widths.put((String) key, storages.get(key).bytes()));
        return widths;
    }

    private static Object tensor(List<?> arguments) {
        Storage storage = (Storage) arguments.get(0);
        long first = Math.addExact(storage.first(), (Long) arguments.get(1));
        return new TorchTensor(storage, first, new Shape(longs(arguments.get(2))), longs(arguments.get(3)));
    }

    private static Object dictionary(List<?> arguments) {
        Map<Object, Object> map = new LinkedHashMap<>();
        if (!arguments.isEmpty()) {
            for (Object pair : (List<?>) arguments.get(0)) {
                map.put((String) ((List<?>) pair).get(0), ((List<?>) pair).get(1));
            }
        }
        return map;
    }

    private static boolean isHarmless(String module, String name) {
        String full = module + "." + name;
        boolean builtin = module.equals("builtins") || module.equals("__builtin__");
        return IGNORED_NAMES.contains(full)
                || IGNORED_PACKAGES.stream().anyMatch(full::startsWith)
                || builtin && BUILTINS.contains(name)
                || module.equals("torch") && TORCH_TYPES.contains(name);
    }

    private static long[] longs(Object list) {
        return ((List<?>) list).stream().mapToLong(value -> (Long) value).toArray();
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    private static String printable(String name) {
        String text = name.replaceAll("[^\\p{Graph}]", "?");
        return text.length() <= 80 ? text : text.substring(0, 80);
    }
}
