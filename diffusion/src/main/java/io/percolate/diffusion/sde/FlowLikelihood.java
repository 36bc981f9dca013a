package io.percolate.diffusion.sde;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.sde.OdeSolver.Solution;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.random.NoiseSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The exact log-likelihood under the probability flow: the prior's log-density of the noise that data flow to, plus the
 * integral of the flow's divergence along the way (Chen et al. 2018; Song et al. 2021, eq. 39). The divergence is
 * measured with random probes (Hutchinson 1990; Grathwohl et al. 2019), each of which stays the same all the way.
 *
 * <p>What is measured is the density at the model's earliest time, of data with the little noise that they have there.
 *
 * @param solver how exactly the flow is followed
 * @param probe how the divergence is measured
 * @param count number of probes: one evaluation serves all of them, each costs another backward pass
 */
public record FlowLikelihood(OdeSolver solver, Probe probe, int count) {

    public FlowLikelihood {
        if (count < 1) {
            throw new IllegalArgumentException(count + " probes: take at least one");
        }
    }

    /** The log-likelihood of each of {@code x} (B,...); the network's parameters must not be prepacked. */
    public LogLikelihood of(ScoreModel model, NDArray x, NoiseSource random) {
        return Scope.call(() -> of(
                model,
                x,
                Stream.generate(() -> probe.sample(x, random)).limit(count).toList()));
    }

    /** The same with the given probes, each like {@code x}, in place of random ones. */
    public LogLikelihood of(ScoreModel model, NDArray x, List<NDArray> probes) {
        FlatArray flat = new FlatArray(x);
        int images = (int) x.getShape().get(0);
        double[] start = Arrays.copyOf(FlatArray.numbers(x), flat.length() + images * probes.size());
        OdeSolver.Derivative derivative = (time, y) -> Scope.call(() -> derivative(model, flat.array(y), time, probes));
        Solution end = solver.solve(derivative, start, model.earliest(), 1);
        double[][] nats = new double[images][probes.size()];
        double[] prior = prior(model.sde(), flat.array(end.y()));
        for (int i = 0; i < images; i++) {
            for (int k = 0; k < probes.size(); k++) {
                nats[i][k] = prior[i] + end.y()[flat.length() + k * images + i];
            }
        }
        return new LogLikelihood(nats, end.evaluations());
    }

    /** The flow at x, then its divergence for each probe and image. */
    private static double[] derivative(ScoreModel model, NDArray x, double time, List<NDArray> probes) {
        return Gradients.on(() -> {
            NDArray leaf = Gradients.leaf(x);
            NDArray flow = model.probabilityFlow(leaf, time);
            double[] all = FlatArray.numbers(flow);
            int images = (int) x.getShape().get(0);
            int end = all.length;
            all = Arrays.copyOf(all, end + images * probes.size());
            for (NDArray probe : probes) {
                NDArray gradient = Gradients.of(flow.mul(probe).sum(), leaf);
                System.arraycopy(Rows.dot(gradient, probe), 0, all, end, images);
                end += images;
            }
            return all;
        });
    }

    private static double[] prior(Sde sde, NDArray noise) {
        long dimensions = noise.size() / noise.getShape().get(0);
        double[] squares = Rows.dot(noise, noise);
        noise.close();
        return Arrays.stream(squares)
                .map(square -> sde.priorLogDensity(square, dimensions))
                .toArray();
    }
}
