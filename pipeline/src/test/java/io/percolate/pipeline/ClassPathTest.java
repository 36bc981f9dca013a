package io.percolate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Who embeds the library gets what it needs, and nothing of the command. */
class ClassPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "picocli.CommandLine",
                "me.tongfei.progressbar.ProgressBar",
                "org.jline.terminal.Terminal",
                "io.percolate.cli.Percolate"
            })
    void theLibraryRunsWithoutWhatTheCommandIsMadeOf(String type) {
        assertThatThrownBy(() -> Class.forName(type)).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void programsBringTheirOwnLoggerAndTheirOwnNativeLibraries() throws Exception {
        assertThat(scopes("slf4j-simple")).isNotEmpty().containsOnly("test");
        assertThat(scopes("pytorch-native-cpu")).isNotEmpty().containsOnly("test");
    }

    /** The scopes in which the library's modules and their parent ask for {@code artifact}. */
    private static List<String> scopes(String artifact) throws IOException, ParserConfigurationException, SAXException {
        List<String> scopes = new ArrayList<>();
        for (String module : List.of(".", "nn", "weights", "vae", "diffusion", "conditioning", "pipeline")) {
            NodeList dependencies = dependencies(Path.of("..", module, "pom.xml"));
            for (int i = 0; i < dependencies.getLength(); i++) {
                Element dependency = (Element) dependencies.item(i);
                if (isUse(dependency) && artifact.equals(text(dependency, "artifactId"))) {
                    scopes.add(text(dependency, "scope"));
                }
            }
        }
        return scopes;
    }

    private static NodeList dependencies(Path pom) throws IOException, ParserConfigurationException, SAXException {
        try (InputStream in = Files.newInputStream(pom)) {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(in)
                    .getElementsByTagName("dependency");
        }
    }

    private static boolean isUse(Element dependency) {
        return !dependency.getParentNode().getParentNode().getNodeName().equals("dependencyManagement");
    }

    private static String text(Element dependency, String name) {
        NodeList values = dependency.getElementsByTagName(name);
        return values.getLength() == 0 ? "compile" : values.item(0).getTextContent();
    }
}
