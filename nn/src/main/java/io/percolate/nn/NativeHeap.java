package io.percolate.nn;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the C library does with the memory of arrays that were freed.
 *
 * <p>glibc gives blocks of tens of megabytes back to the system at once, and takes fresh pages, which the system has to
 * clear, for the next array of the same size. On an Intel with AMX that is 9 % of the processor time of Stable Diffusion
 * 1.5's U-Net in bfloat16, 4 % when blocks are kept, and 18 % of decoding a picture of 512x512, then 15 %; the peak of
 * decoding grows by 0.2 GB, that of the U-Net does not.
 */
public final class NativeHeap {

    /** The system property that leaves the C library as it is, if it is {@code false}. */
    public static final String PROPERTY = "percolate.keepFreed";

    private static final Logger LOG = LoggerFactory.getLogger(NativeHeap.class);

    private static final int TRIM_THRESHOLD = -1;
    private static final int MMAP_THRESHOLD = -3;
    private static final int LARGEST_KEPT = 96 << 20;

    private NativeHeap() {}

    /**
     * Keeps freed blocks of up to 96 MB for the next array, from now on in the whole process. This is for inference,
     * where the same sizes come again and again; call it when the weights are there, since loading needs its memory only
     * once. Training gets slower by it. Does nothing but on Linux with glibc.
     */
    public static void keepFreed() {
        if (!Platform.isLinux() || "false".equals(System.getProperty(PROPERTY))) {
            return;
        }
        try {
            set(MMAP_THRESHOLD, LARGEST_KEPT);
            set(TRIM_THRESHOLD, Integer.MAX_VALUE);
        } catch (UnsatisfiedLinkError e) {
            LOG.debug("not glibc, whose blocks could be kept: {}", e.getMessage());
        }
    }

    /** {@code mallopt(3)}. */
    private static void set(int parameter, int value) {
        Function.getFunction("c", "mallopt").invokeInt(new Object[] {parameter, value});
    }
}
