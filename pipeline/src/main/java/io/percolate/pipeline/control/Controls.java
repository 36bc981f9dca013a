package io.percolate.pipeline.control;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.pipeline.model.DiffusionModel;
import io.percolate.pipeline.model.LoadedControlNet;
import java.util.ArrayList;
import java.util.List;

/**
 * The ControlNets of a model, each with what a request shows it.
 *
 * @param model whose ControlNets they are
 * @param list one for each, in the same order
 */
public record Controls(DiffusionModel model, List<Control> list) {

    public Controls {
        list = List.copyOf(list);
        int networks = model.controlNets().size();
        if (networks == 0 && !list.isEmpty()) {
            throw new IllegalArgumentException(
                    "a control image, but the model is loaded without a ControlNet that could see it: load it with"
                            + " one (--controlnet, LoadOptions.withControlNet)");
        }
        if (networks != list.size()) {
            throw new IllegalArgumentException(networks + " ControlNets, but " + list.size()
                    + " control images: give each its own, in the same order");
        }
    }

    /** Fails if a control image is a tensor of another size than the request's. */
    public void requireSize(int width, int height) {
        list.forEach(control -> control.image().requireSize(width, height));
    }

    /** The denoiser for one run of {@code steps} steps and images of this size, which it brings down at once. */
    public ControlledNetwork network(int steps, int width, int height, NDManager manager) {
        List<ControlledNetwork.Source> sources = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            Control control = list.get(i);
            LoadedControlNet net = model.controlNets().get(i);
            NDArray embedded = net.network().embed(control.image().pixels(width, height, manager));
            sources.add(new ControlledNetwork.Source(net.network(), embedded, control));
        }
        return new ControlledNetwork(model, sources, steps);
    }

    /** Names and scales, as images tell them. */
    @Override
    public String toString() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            texts.add(model.controlNets().get(i).name() + ":" + list.get(i));
        }
        return String.join(", ", texts);
    }
}
