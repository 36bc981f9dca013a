package io.percolate.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Application;
import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.images.ImageFormat;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.ai.image.ImageGeneration;
import org.springframework.ai.image.ImageOptions;
import org.springframework.ai.image.ImageOptionsBuilder;
import org.springframework.ai.image.ImagePrompt;

/** Every framework gives the image that the pipeline gives for the same seed. */
class FrameworksTest {

    private static Pipeline pipeline;
    private static List<GeneratedImage> expected;

    @BeforeAll
    static void load() {
        pipeline = Pipeline.embedded();
        expected = pipeline.generate(
                quick(GenerationRequest.of("a red apple")).count(2).build());
    }

    @AfterAll
    static void close() {
        pipeline.close();
    }

    static GenerationRequest.Builder quick(GenerationRequest.Builder request) {
        return request.steps(1).size(64, 64).seed(7);
    }

    @Test
    void langChain4jGivesThePipelinesImages() {
        LangChain4jImageModel model = new LangChain4jImageModel(pipeline, FrameworksTest::quick);
        requireExpected(model.generate("a red apple").content().base64Data(), 0);
        List<dev.langchain4j.data.image.Image> both =
                model.generate("a red apple", 2).content();
        assertThat(both).hasSize(2).allMatch(image -> image.mimeType().equals("image/png"));
        requireExpected(both.get(1).base64Data(), 1);
    }

    @Test
    void springAiGivesThePipelinesImages() {
        SpringAiImageModel model =
                new SpringAiImageModel(pipeline, request -> quick(request).size(128, 128));
        ImageOptions options =
                ImageOptionsBuilder.builder().N(2).width(64).height(64).build();
        List<ImageGeneration> both =
                model.call(new ImagePrompt("a red apple", options)).getResults();
        assertThat(both).hasSize(2);
        requireExpected(both.get(0).getOutput().getB64Json(), 0);
        requireExpected(both.get(1).getOutput().getB64Json(), 1);
    }

    @Test
    void springAiSaysWhatItCannotDo() {
        SpringAiImageModel model = new SpringAiImageModel(pipeline);
        assertThatThrownBy(() -> model.call(new ImagePrompt(
                        "an owl",
                        ImageOptionsBuilder.builder().responseFormat("url").build())))
                .hasMessageContaining("b64_json");
        assertThatThrownBy(() -> model.call(new ImagePrompt(
                        "an owl", ImageOptionsBuilder.builder().width(64).build())))
                .hasMessageContaining("give both");
    }

    @Test
    void djlGivesThePipelinesImageAndFreesWhatItLoaded()
            throws ModelNotFoundException, MalformedModelException, IOException, TranslateException {
        int before = TorchEngine.liveArrays();
        Criteria<String, Image> criteria = Criteria.builder()
                .setTypes(String.class, Image.class)
                .optApplication(Application.CV.IMAGE_GENERATION)
                .optModelZoo(new DjlModelZoo(Pipeline::embedded, FrameworksTest::quick))
                .build();
        try (ZooModel<String, Image> model = criteria.loadModel();
                Predictor<String, Image> predictor = model.newPredictor()) {
            BufferedImage image =
                    (BufferedImage) predictor.predict("a red apple").getWrappedImage();
            assertThat(pixels(image)).isEqualTo(pixels(expected.get(0).image()));
        }
        assertThat(TorchEngine.liveArrays()).isEqualTo(before);
    }

    @Test
    void djlRefusesOtherTypes() {
        Criteria<Image, Image> criteria = Criteria.builder()
                .setTypes(Image.class, Image.class)
                .optModelZoo(new DjlModelZoo(Pipeline::embedded))
                .build();
        assertThatThrownBy(criteria::loadModel)
                .hasRootCauseMessage("types Image and Image, but prompts become images: set String and Image");
    }

    private static void requireExpected(String base64, int index) {
        assertThat(Base64.getDecoder().decode(base64))
                .isEqualTo(expected.get(index).bytes(ImageFormat.PNG));
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
