package io.percolate.tests.reference;

import static io.percolate.testing.Reference.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.Aten;
import io.percolate.pipeline.evaluation.features.FeatureMetrics;
import io.percolate.pipeline.evaluation.features.FeatureNetwork;
import io.percolate.pipeline.evaluation.features.Manifold;
import io.percolate.tests.reference.Suite.Tensors;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Distances of given features, and the features of given images, by the classes that evaluation measures with. */
class MetricsReferenceTest {

    private static final Percentage TOLERANCE = Percentage.withPercentage(1e-4);
    private static final double FLOAT32 = 1e-5;

    @TestFactory
    Stream<DynamicTest> featuresAreComparedAsPublished() {
        return Suite.find("*/features.pt").stream()
                .map(Path::getParent)
                .map(folder -> dynamicTest(
                        Suite.name(folder) + " distances",
                        () -> Suite.with(
                                folder.resolve("expected.safetensors"),
                                tensors -> compare(JsonConfig.read(folder.resolve("expected.json")), tensors))));
    }

    private static void compare(JsonConfig expected, Tensors tensors) {
        NDArray real = features(tensors, "real");
        FeatureMetrics metrics = FeatureMetrics.between(real, features(tensors, "fake"), "given");
        assertThat(metrics.frechet()).isCloseTo(expected.number("fid"), TOLERANCE);
        assertThat(metrics.kernel()).isCloseTo(expected.number("kid"), TOLERANCE);
        assertThat(Manifold.NEIGHBOURS).isEqualTo(expected.integer("neighbours"));
        assertThat(metrics.precision()).isCloseTo(expected.number("precision"), TOLERANCE);
        assertThat(metrics.recall()).isCloseTo(expected.number("recall"), TOLERANCE);
        assertThat(FeatureMetrics.between(real, real, "given").frechet())
                .isCloseTo(expected.number("fid_same"), Offset.offset(1e-6));
    }

    private static NDArray features(Tensors tensors, String name) {
        return tensors.file().read(tensors.manager(), name, DataType.FLOAT64);
    }

    @TestFactory
    Stream<DynamicTest> aFileWithTheCallOfThePublishedOneGivesItsFeatures() {
        return Suite.find("*/features.pt").stream()
                .map(file -> dynamicTest(
                        Suite.name(file),
                        () -> Suite.with(
                                file.resolveSibling("expected.safetensors"),
                                tensors -> assertFeatures(file, tensors))));
    }

    private static void assertFeatures(Path file, Tensors tensors) {
        NDArray levels = tensors.get("images").toType(DataType.FLOAT32, false);
        int side = (int) levels.getShape().get(2);
        try (FeatureNetwork network = FeatureNetwork.open(file, side, tensors.manager())) {
            NDArray features = network.of(Aten.affine(levels, 1 / 127.5, -1));
            assertThat(features.getDataType()).isEqualTo(DataType.FLOAT64);
            assertClose("features", features, tensors.get("image_features"), FLOAT32);
        }
    }
}
