package ai.djl.pytorch.jni;

import ai.djl.pytorch.engine.PtSymbolBlock;

/**
 * Runs a TorchScript method with autograd and with arguments of any type.
 *
 * <p>DJL offers one or the other: {@link IValueUtils#runMethod} takes scalars but always runs in
 * inference mode, {@link IValueUtils#forward} records gradients but takes only arrays. The native
 * call below both of them does it all; it is package-private, which is why this class lives here.
 * Whether a graph is recorded is then up to the thread's gradient mode.
 */
public final class PercolateJni {

    private PercolateJni() {}

    /**
     * Runs {@code method} of {@code module} and leaves the arguments open.
     *
     * @param module the loaded TorchScript module
     * @param method the method's name
     * @param arguments the arguments, in the order of the method's signature
     * @return the result, to be closed by the caller
     */
    public static IValue run(PtSymbolBlock module, String method, IValue... arguments) {
        long[] handles = new long[arguments.length];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = arguments[i].getHandle();
        }
        return new IValue(PyTorchLibrary.LIB.moduleRunMethod(module.getHandle(), method, handles, true, false));
    }
}
