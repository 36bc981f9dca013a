package io.percolate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class LoggingTest {

    private static final String LEVEL_OF = "org.slf4j.simpleLogger.log.";

    @Test
    void levelsAreSetForClassesThatExist() throws IOException {
        Properties levels = new Properties();
        try (InputStream properties = Percolate.class.getResourceAsStream("/simplelogger.properties")) {
            levels.load(properties);
        }
        List<String> classes = levels.stringPropertyNames().stream()
                .filter(name -> name.matches(LEVEL_OF.replace(".", "\\.") + "io\\.percolate\\..*\\.[A-Z]\\w*"))
                .map(name -> name.substring(LEVEL_OF.length()))
                .toList();
        assertThat(classes).isNotEmpty().allSatisfy(name -> assertThatCode(() -> Class.forName(name))
                .doesNotThrowAnyException());
    }
}
