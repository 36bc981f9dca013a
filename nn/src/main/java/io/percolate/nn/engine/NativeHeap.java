package io.percolate.nn.engine;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.util.function.Supplier;

/**
 * The C library's heap, where the engine's arrays lie.
 *
 * <p>glibc asks the system for pages for every large array and gives them back when it is freed; clearing such pages
 * costs a decoder a fifth of its time. Here it keeps them during inference, all but those of the largest arrays.
 * That suits what comes and goes; weights, which come between the arrays of a first pass and stay, would tear the
 * kept memory into pieces that fit nothing. So they get pages of their own.
 *
 * <p>This only serves a heap that all threads share, which {@code MALLOC_ARENA_MAX=1} in the environment makes, as the
 * {@code percolate} command does: in the small heaps of single threads it would be lost. Without, and with other C
 * libraries, arrays lie where they always do.
 */
public final class NativeHeap {

    /**
     * The largest array whose pages are kept: those of a bfloat16 decoder at 512x512 are, most at 1024x1024 are not.
     */
    private static final int KEPT_BYTES = 150_000_000;

    private static final int KEPT_BYTES_IN_ALL = 1 << 30;

    /** From this size on, by default, a block is mapped. */
    private static final int LARGE_BYTES = 128 << 10;

    private static final int GIVEN_BACK_BYTES = 1 << 20;

    private static int users;

    private NativeHeap() {}

    /**
     * Runs {@code body}, whose large arrays get pages of their own, apart from those of short-lived arrays.
     * Thread-safe.
     */
    public static <T> T inOwnPages(Supplier<T> body) {
        if (!Glibc.KEEPS_FREED) {
            return body.get();
        }
        enter();
        try {
            return body.get();
        } finally {
            leave();
        }
    }

    /**
     * Gives what is free back to the system; arrays that come next ask for it again.
     *
     * @return whether there was anything to give, and the C library can
     */
    public static boolean trim() {
        try {
            Function trim = NativeLibrary.getInstance("c").getFunction("malloc_trim");
            return trim.invokeInt(new Object[] {0L}) == 1;
        } catch (UnsatisfiedLinkError otherLibrary) {
            return false;
        }
    }

    /**
     * From now on, every array of a megabyte or more has pages of its own, which go back as soon as it is freed: what the
     * process has in use is what its arrays need, whatever came before. By itself, glibc keeps arrays of up to 32 MB in
     * a heap that breaks up.
     *
     * @return whether the C library can
     */
    public static boolean giveBackAtOnce() {
        return Glibc.set(Glibc.M_MMAP_THRESHOLD, GIVEN_BACK_BYTES)
                && Glibc.set(Glibc.M_TRIM_THRESHOLD, GIVEN_BACK_BYTES);
    }

    private static synchronized void enter() {
        if (users++ == 0) {
            Glibc.set(Glibc.M_MMAP_THRESHOLD, LARGE_BYTES);
        }
    }

    private static synchronized void leave() {
        if (--users == 0) {
            Glibc.set(Glibc.M_MMAP_THRESHOLD, KEPT_BYTES);
        }
    }

    /** Its settings, by the names of malloc.h. */
    private static final class Glibc {

        static final int M_TRIM_THRESHOLD = -1;
        static final int M_MMAP_THRESHOLD = -3;

        /** Before version 2.35 it refuses. */
        static final boolean KEEPS_FREED = "1".equals(System.getenv("MALLOC_ARENA_MAX"))
                && set(M_MMAP_THRESHOLD, KEPT_BYTES)
                && set(M_TRIM_THRESHOLD, KEPT_BYTES_IN_ALL);

        static boolean set(int setting, int value) {
            try {
                Function mallopt = NativeLibrary.getInstance("c").getFunction("mallopt");
                return mallopt.invokeInt(new Object[] {setting, value}) == 1;
            } catch (UnsatisfiedLinkError otherLibrary) {
                return false;
            }
        }
    }
}
