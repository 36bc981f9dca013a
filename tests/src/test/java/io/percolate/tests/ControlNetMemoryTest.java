package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.control.Control;
import io.percolate.pipeline.control.Preprocessor;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.model.LoadOptions;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ControlNetMemoryTest {

    private static final Path MODEL = TestFolders.DATA.resolve("sd1-tiny");
    private static final Path NETWORK = TestFolders.DATA.resolve("controlnet-sd1/controlnet");

    @Test
    void generatingUnderControlLeavesNoArrays() {
        try (Pipeline pipeline = Pipeline.load(MODEL, LoadOptions.DEFAULT.withControlNet(NETWORK))) {
            generate(pipeline);
            long before = LiveMemory.now().arrays();
            generate(pipeline);
            assertThat(LiveMemory.now().arrays()).isEqualTo(before);
        }
    }

    private static void generate(Pipeline pipeline) {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        pipeline.generate(GenerationRequest.of("a castle")
                .size(64, 64)
                .steps(2)
                .control(Control.of(image, Preprocessor.CANNY))
                .build());
    }
}
