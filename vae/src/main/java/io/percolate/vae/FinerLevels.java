package io.percolate.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchArray;
import io.percolate.weights.layout.LegacyKeys;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.StrictLoading;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An autoencoder of larger images that begins with what a trained one knows (grown as in Karras et al. 2018): levels are
 * put before its finest one, and all of its tensors that fit are taken over.
 *
 * <p>New levels as wide as the finest one change nothing at first: their residual blocks add nothing, on the way down
 * they average 2x2 values, and on the way up they repeat them. So an image has about the latents that it had at the
 * smaller size, and denoisers of those have little to learn anew. Levels of another width begin with random values.
 */
record FinerLevels(VaeConfig trained, VaeConfig wanted) {

    private static final Pattern DOWN = Pattern.compile("(encoder\\.down_blocks\\.)(\\d+)(\\..*)");

    /** Of the four values that become one, the kernel begins at the first. */
    private static final float[] AVERAGE = {0.25f, 0.25f, 0, 0.25f, 0.25f, 0, 0, 0, 0};

    private static final float[] SAME = {0, 0, 0, 0, 1, 0, 0, 0, 0};

    /** The network wanted, with the tensors of the trained one in {@code dict}, and {@code seed} for what is random. */
    AutoencoderKl load(StateDict dict, long seed, NDManager manager) {
        AutoencoderKl vae = new AutoencoderKl(wanted);
        vae.initialise(manager, seed);
        Map<String, Shape> taken = taken(vae.shapes());
        vae.shapes().forEach((name, shape) -> {
            if (!taken.containsKey(name)) {
                beginUnnoticed(vae, name, shape, manager);
            }
        });
        StateDict renamed = LegacyKeys.current(dict).renamed(this::name).where(taken::containsKey);
        StrictLoading.load(renamed, taken, vae::assign, manager);
        return vae;
    }

    /** What the trained network has under its name there, in the same shape. */
    private Map<String, Shape> taken(Map<String, Shape> shapes) {
        Map<String, Shape> taken = new LinkedHashMap<>();
        new AutoencoderKl(trained).shapes().forEach((name, shape) -> {
            if (shape.equals(shapes.get(name(name)))) {
                taken.put(name(name), shape);
            }
        });
        return taken;
    }

    /** The name here of what is called {@code name} there: levels of the encoder count from the finest. */
    private String name(String name) {
        Matcher down = DOWN.matcher(name);
        int finer = wanted.blocks().levels() - trained.blocks().levels();
        return down.matches() ? down.group(1) + (Integer.parseInt(down.group(2)) + finer) + down.group(3) : name;
    }

    private void beginUnnoticed(AutoencoderKl vae, String name, Shape shape, NDManager manager) {
        if (name.contains(".conv2.") || name.endsWith("samplers.0.conv.bias")) {
            vae.assign(name, manager.zeros(shape));
        } else if (name.endsWith("downsamplers.0.conv.weight") && isSquare(shape)) {
            vae.assign(name, perChannel(shape, AVERAGE, manager));
        } else if (name.endsWith("upsamplers.0.conv.weight") && isSquare(shape)) {
            vae.assign(name, perChannel(shape, SAME, manager));
        }
    }

    private static boolean isSquare(Shape shape) {
        return shape.get(0) == shape.get(1);
    }

    /** A convolution (C,C,3,3) that takes each channel through {@code kernel}, row-major, and leaves out all others. */
    private static NDArray perChannel(Shape shape, float[] kernel, NDManager manager) {
        float[] weight = new float[(int) shape.size()];
        int channels = (int) shape.get(0);
        for (int channel = 0; channel < channels; channel++) {
            System.arraycopy(kernel, 0, weight, (channel * channels + channel) * kernel.length, kernel.length);
        }
        return TorchArray.of(manager, weight, shape);
    }
}
