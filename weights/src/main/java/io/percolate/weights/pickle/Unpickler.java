package io.percolate.weights.pickle;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the part of Python's pickle language that torch writes, in time and memory proportional to its length.
 *
 * <p>A pickle is a program that may call anything Python can import. Here it makes texts, numbers, lists and
 * maps, and whatever a {@link AllowList} gives it to call; there is no way from a name in the file to a Java
 * class. Tuples are lists; objects' states are dropped.
 */
final class Unpickler {

    /** What a pickle may call, and what it may refer to outside itself. */
    interface AllowList {

        /** The meaning of a Python name; one that can be called is a {@link Callable}. */
        Object global(String module, String name);

        /** The meaning of a persistent id: a storage of numbers. */
        Object persistent(Object id);
    }

    /** Something a pickle can call. */
    interface Callable {

        /** The result for these arguments. */
        Object call(List<?> arguments);
    }

    private static final int PROTOCOLS = 5;

    private final PickleInput in;
    private final AllowList allowed;
    private final Map<Integer, Object> memo = new HashMap<>();
    private final Deque<List<Object>> outer = new ArrayDeque<>();
    private List<Object> stack = new ArrayList<>();

    private Unpickler(ByteBuffer in, AllowList allowed) {
        this.in = new PickleInput(in);
        this.allowed = allowed;
    }

    /**
     * Reads one object and leaves {@code in} at the byte after it. Any RuntimeException means that the pickle is
     * damaged.
     */
    static Object load(ByteBuffer in, AllowList allowed) {
        return new Unpickler(in, allowed).run();
    }

    private Object run() {
        for (int opcode = in.unsigned8(); opcode != '.'; opcode = in.unsigned8()) {
            if (!literal(opcode) && !container(opcode) && !memory(opcode) && !call(opcode)) {
                throw new IllegalArgumentException("the pickle uses the instruction " + opcode);
            }
        }
        return pop();
    }

    private boolean literal(int opcode) {
        switch (opcode) {
            case 'N' -> push(null);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'J' -> push((long) in.signed32());
            case 'K' -> push((long) in.unsigned8());
            case 'M' -> push((long) in.unsigned16());
            case 0x8a -> push(in.integer(in.unsigned8()));
            case 'G' -> push(in.number());
            case 'X' -> push(in.utf8(in.signed32()));
            case 0x8c -> push(in.utf8(in.unsigned8()));
            case 'T', 'B' -> push(in.latin1(in.signed32()));
            case 'U', 'C' -> push(in.latin1(in.unsigned8()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean container(int opcode) {
        switch (opcode) {
            case '(' -> mark();
            case ')' -> push(List.of());
            case 0x85 -> push(take(1));
            case 0x86 -> push(take(2));
            case 0x87 -> push(take(3));
            case 't' -> push(takeMarked());
            case ']' -> push(new ArrayList<>());
            case 'a' -> append(take(1));
            case 'e' -> append(takeMarked());
            case '}' -> push(new LinkedHashMap<>());
            case 's' -> put(take(2));
            case 'u' -> put(takeMarked());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean memory(int opcode) {
        switch (opcode) {
            case 0x80 -> requireProtocol(in.unsigned8());
            case 0x95 -> in.skip(Long.BYTES);
            case 'q' -> memo.put(in.unsigned8(), top());
            case 'r' -> memo.put(in.signed32(), top());
            case 0x94 -> memo.put(memo.size(), top());
            case 'h' -> push(recall(in.unsigned8()));
            case 'j' -> push(recall(in.signed32()));
            case '0' -> pop();
            case '1' -> takeMarked();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean call(int opcode) {
        switch (opcode) {
            case 'c' -> push(allowed.global(in.line(), in.line()));
            case 0x93 -> {
                List<Object> names = take(2);
                push(allowed.global((String) names.get(0), (String) names.get(1)));
            }
            case 'Q' -> push(allowed.persistent(pop()));
            case 'R', 0x81 -> {
                List<Object> call = take(2);
                push(((Callable) call.get(0)).call((List<?>) call.get(1)));
            }
            case 'b' -> pop();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object pop() {
        return stack.remove(stack.size() - 1);
    }

    private Object top() {
        return stack.get(stack.size() - 1);
    }

    private List<Object> take(int count) {
        List<Object> last = stack.subList(stack.size() - count, stack.size());
        List<Object> taken = new ArrayList<>(last);
        last.clear();
        return taken;
    }

    private void mark() {
        outer.addLast(stack);
        stack = new ArrayList<>();
    }

    private List<Object> takeMarked() {
        List<Object> taken = stack;
        stack = outer.removeLast();
        return taken;
    }

    @SuppressWarnings("unchecked")
    private void append(List<Object> values) {
        if (top() instanceof ArrayList<?> list) {
            ((List<Object>) list).addAll(values);
        }
    }

    /** Keys that are texts, numbers or names are kept; hashing others could take for ever. */
    @SuppressWarnings("unchecked")
    private void put(List<Object> pairs) {
        if (top() instanceof Map<?, ?> map) {
            for (int i = 0; i < pairs.size(); i += 2) {
                Object value = pairs.get(i + 1);
                if (pairs.get(i) instanceof String || pairs.get(i) instanceof Number) {
                    ((Map<Object, Object>) map).put(pairs.get(i), value);
                }
            }
        }
    }

    private Object recall(int key) {
        if (!memo.containsKey(key)) {
            throw new IllegalArgumentException("the pickle refers to what it has not made");
        }
        return memo.get(key);
    }

    private static void requireProtocol(int protocol) {
        if (protocol > PROTOCOLS) {
            throw new IllegalArgumentException("the pickle has protocol " + protocol);
        }
    }
}
