package io.percolate.pipeline.training.gan;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.optim.AdamW;
import io.percolate.nn.optim.AdamWConfig;
import io.percolate.pipeline.training.session.Companion;
import io.percolate.vae.losses.PatchDiscriminator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The discriminator that a generator trains against, and what moves its weights. Not thread-safe. */
final class Opponent implements AutoCloseable {

    private final PatchDiscriminator network;
    private final Map<String, Parameter> trained = new LinkedHashMap<>();
    private final AdamW optimizer;

    /** Readies {@code network}, which has its values, for training with {@code adam}, and closes it in the end. */
    Opponent(PatchDiscriminator network, AdamWConfig adam) {
        this.network = network;
        network.makeTrainable();
        network.parameters().forEach((name, parameter) -> {
            if (parameter.isTrained()) {
                trained.put(name, parameter);
            }
        });
        optimizer = new AdamW(trained, adam);
    }

    PatchDiscriminator network() {
        return network;
    }

    /** What a checkpoint keeps of it. */
    Companion companion() {
        return new Companion("discriminator", network.parameters(), optimizer);
    }

    void setTrainable(boolean wanted) {
        trained.values().forEach(parameter -> parameter.value().setRequiresGradient(wanted));
    }

    /** Moves its weights along the gradient of {@code loss}, which it returns. */
    double learn(Supplier<NDArray> loss, double learningRate) {
        double value = Gradients.on(() -> Scope.call(() -> {
            NDArray scalar = loss.get();
            Gradients.backward(scalar);
            return (double) scalar.getFloat();
        }));
        optimizer.step(learningRate);
        trained.values().forEach(Parameter::dropGradient);
        return value;
    }

    @Override
    public void close() {
        optimizer.close();
        network.close();
    }
}
