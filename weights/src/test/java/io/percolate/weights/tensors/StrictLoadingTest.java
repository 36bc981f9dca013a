package io.percolate.weights.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StrictLoadingTest {

    @Test
    void everythingThatDoesNotFitIsReportedAtOnceAndNothingIsAssigned() {
        try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
            StateDict dict = StateDict.of(Map.of("a", manager.ones(new Shape(2)), "c", manager.ones(new Shape(1))));
            Map<String, NDArray> assigned = new HashMap<>();
            Map<String, Shape> expected = new LinkedHashMap<>();
            expected.put("a", new Shape(3));
            expected.put("b", new Shape(1));
            assertThatThrownBy(() -> StrictLoading.load(dict, expected, assigned::put, manager))
                    .isInstanceOf(WeightsException.class)
                    .hasMessage("arrays in memory does not fit the network: 1 missing (b); 1 unexpected (c);"
                            + " 1 mis-shaped (a is (2) and not (3))");
            assertThat(assigned).isEmpty();
        }
    }

    @Test
    void aFileThatFitsIsReadCompletely() {
        try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
            StateDict dict =
                    StateDict.of(Map.of("a", manager.ones(new Shape(2)), "ids", manager.create(new long[] {3})));
            Map<String, NDArray> assigned = new HashMap<>();
            StrictLoading.load(dict.without("ids"), Map.of("a", new Shape(2)), assigned::put, manager);
            assertThat(assigned.get("a").toFloatArray()).containsExactly(1, 1);
        }
    }

    @Test
    void longReportsStayOneReadableLine() {
        Map<String, Shape> expected = new LinkedHashMap<>();
        for (int i = 0; i < 500; i++) {
            expected.put("layer." + i, new Shape(1));
        }
        LoadReport report = LoadReport.compare(StateDict.of(Map.of()), expected);
        assertThat(report.missing()).hasSize(500);
        assertThat(report.message()).contains("500 missing (layer.0,").endsWith("layer.7 and 492 more)");
    }
}
