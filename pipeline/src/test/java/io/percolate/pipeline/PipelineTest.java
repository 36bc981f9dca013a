package io.percolate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationListener;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.images.ParameterText;
import io.percolate.pipeline.images.TestImages;
import io.percolate.pipeline.model.ImageCodec;
import io.percolate.pipeline.model.ModelDefaults;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineTest {

    @Test
    void isFakedInATestWithoutAModel() {
        try (Pipeline pipeline = new FakePipeline()) {
            assertThat(pipeline.generate("a red apple").text().prompt()).isEqualTo("a red apple");
            assertThat(pipeline.autoencoder()).isEmpty();
        }
    }

    @Test
    void isProxiedByAFramework() {
        List<String> calls = new ArrayList<>();
        FakePipeline target = new FakePipeline();
        Pipeline proxy = (Pipeline) Proxy.newProxyInstance(
                Pipeline.class.getClassLoader(), new Class<?>[] {Pipeline.class}, (self, method, arguments) -> {
                    calls.add(method.getName());
                    return method.invoke(target, arguments);
                });
        assertThat(proxy.generate("an owl").text().prompt()).isEqualTo("an owl");
        proxy.close();
        assertThat(calls).containsExactly("generate", "close");
    }

    private static final class FakePipeline implements Pipeline {

        @Override
        public ModelDefaults defaults() {
            return new ModelDefaults("fake", 8, 8, 1, 1);
        }

        @Override
        public boolean takesText() {
            return true;
        }

        @Override
        public Device device() {
            return Device.cpu();
        }

        @Override
        public ImageCodec codec() {
            return new ImageCodec.Identity();
        }

        @Override
        public List<GeneratedImage> generate(GenerationRequest request, GenerationListener listener) {
            return request.prompts().texts().stream()
                    .map(prompt -> new GeneratedImage(TestImages.colourful(8, 8), 0, ParameterText.of(prompt, "")))
                    .toList();
        }

        @Override
        public void close() {}
    }
}
