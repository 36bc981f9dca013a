package io.percolate.diffusion.unet.published;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.StrictLoading;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a U-Net takes over from a trained one from which it differs only on the outside: by the channels of what it
 * denoises, or by levels before the finest, for larger samples (grown as in Karras et al. 2018, and Gu et al. 2023).
 * Everything else begins with random values.
 */
final class WarmStart {

    private static final Pattern DOWN = Pattern.compile("down_blocks\\.(\\d+)(\\..*)");
    private static final Pattern UP = Pattern.compile("up_blocks\\.(\\d+)\\..*");

    private final UNetConfig trained;
    private final UNetConfig wanted;

    /** How many levels are new. */
    private final int finer;

    WarmStart(UNetConfig trained, UNetConfig wanted) {
        this.trained = trained;
        this.wanted = wanted;
        finer = wanted.levels().size() - trained.levels().size();
    }

    /** The network wanted, with what fits of {@code dict}, the tensors of the trained one. */
    UNet load(StateDict dict, int seed, NDManager manager) {
        UNet unet = new UNet(wanted);
        Map<String, Shape> taken = new LinkedHashMap<>(unet.shapes());
        if (taken.keySet().removeIf(this::isNew)) {
            unet.initialise(manager, seed);
        }
        StateDict renamed = dict.renamed(this::name).where(name -> !isNew(name));
        StrictLoading.load(renamed, taken, unet::assign, manager);
        return unet;
    }

    /** The name here of what is called {@code name} in the trained network: levels on the way down count from the finest. */
    private String name(String name) {
        Matcher down = DOWN.matcher(name);
        return down.matches() ? "down_blocks." + (Integer.parseInt(down.group(1)) + finer) + down.group(2) : name;
    }

    private boolean isNew(String name) {
        return isOuter(name) || finer > 0 && (isFiner(name) || isJoint(name));
    }

    /** The convolutions that see channels of images or latents. */
    private boolean isOuter(String name) {
        boolean sameChannels =
                wanted.inChannels() == trained.inChannels() && wanted.outChannels() == trained.outChannels();
        return (finer > 0 || !sameChannels) && (name.startsWith("conv_in.") || name.startsWith("conv_out."));
    }

    private boolean isFiner(String name) {
        Matcher down = DOWN.matcher(name);
        Matcher up = UP.matcher(name);
        return name.startsWith("conv_norm_out.")
                || down.matches() && Integer.parseInt(down.group(1)) < finer
                || up.matches()
                        && Integer.parseInt(up.group(1)) >= trained.levels().size();
    }

    /** What leads from the trained levels to the new ones, and what sees their widths. */
    private boolean isJoint(String name) {
        String lastUp = "up_blocks." + (trained.levels().size() - 1);
        int lastResnet = trained.levels().get(0).layers();
        return name.startsWith(lastUp + ".upsamplers.")
                || isOtherwiseWide(0) && name.startsWith("time_embedding.linear_1.")
                || isOtherwiseWide(finer - 1)
                        && (name.startsWith("down_blocks." + finer + ".resnets.0.")
                                || name.startsWith(lastUp + ".resnets." + lastResnet + "."));
    }

    /** Whether a new level has other channels than the finest of the trained ones. */
    private boolean isOtherwiseWide(int level) {
        return wanted.levels().get(level).channels() != trained.levels().get(0).channels();
    }
}
