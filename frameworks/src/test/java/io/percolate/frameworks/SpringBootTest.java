package io.percolate.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.images.ImageFiles;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.springframework.ai.image.ImageModel;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

class SpringBootTest {

    /** The application of the page: a pipeline, which Spring closes, and the image model over it. */
    @SpringBootApplication
    static class Images {

        @Bean
        Pipeline pipeline() {
            return Pipeline.embedded();
        }

        @Bean
        ImageModel imageModel(Pipeline pipeline) {
            return new SpringAiImageModel(pipeline, FrameworksTest::quick);
        }
    }

    @Test
    void anApplicationGeneratesAnImageWithTheModelAsABean() {
        String png;
        try (ConfigurableApplicationContext context = SpringApplication.run(
                Images.class, "--spring.main.banner-mode=off", "--spring.main.web-application-type=none")) {
            ImageModel model = context.getBean(ImageModel.class);
            png = model.call(new ImagePrompt("a red apple"))
                    .getResult()
                    .getOutput()
                    .getB64Json();
        }
        assertThat(ImageFiles.read(Base64.getDecoder().decode(png), 64 * 64).getWidth())
                .isEqualTo(64);
    }
}
