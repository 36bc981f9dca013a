package io.percolate.nn.adapters;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.layers.AdaptableLayer;
import io.percolate.nn.layers.DropoutMasks;
import io.percolate.nn.layers.Initializer;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.Parameter;

/**
 * A change of rank R of one frozen layer (Hu et al. 2021, eq. 3): h = W x + alpha / R * B A x. A is random and B zero
 * at first, so that training begins with the layer as it is. Names {@code lora_A.weight} and {@code lora_B.weight}.
 */
final class LowRankUpdate extends Layer implements AdaptableLayer.Adapter {

    private final AdaptableLayer layer;
    private final LowRankConfig config;
    private final int number;
    private final Parameter down;
    private final Parameter up;

    /** @param number tells its dropout from that of other layers */
    LowRankUpdate(AdaptableLayer layer, LowRankConfig config, int number) {
        this.layer = layer;
        this.config = config;
        this.number = number;
        Shape inputs = layer.weightShape().slice(1);
        down = parameter("lora_A.weight", new Shape(config.rank()).addAll(inputs), Initializer.fanIn(inputs.size()));
        up = parameter("lora_B.weight", up(layer.weightShape()), Initializer.ZEROS);
    }

    private Shape up(Shape weight) {
        Shape matrix = new Shape(weight.get(0), config.rank());
        return weight.dimension() == 2 ? matrix : matrix.addAll(new Shape(1, 1));
    }

    @Override
    public NDArray addTo(NDArray y, NDArray x) {
        NDArray seen = DropoutMasks.dropped(x, config.dropout(), number);
        NDArray reduced = Aten.scale(layer.reduce(seen, down), config.scale());
        return y.add(layer.expand(reduced, up));
    }
}
