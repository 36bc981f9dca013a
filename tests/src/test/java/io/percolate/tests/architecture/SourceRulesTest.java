package io.percolate.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main sources keep the rules, and a planted violation of each rule is found. */
class SourceRulesTest {

    private static final List<SourceFile> MAIN = SourceReader.mainSources(Path.of(".."));

    @TempDir
    Path folder;

    @Test
    void everyModuleIsRead() {
        assertThat(MAIN.stream().map(file -> file.path().getName(0).toString()).distinct())
                .contains(
                        "nn",
                        "weights",
                        "vae",
                        "diffusion",
                        "conditioning",
                        "pipeline",
                        "command",
                        "cli",
                        "cluster",
                        "studio",
                        "frameworks");
    }

    @Test
    void noFileIsLong() throws IOException {
        assertThat(SourceRules.longFiles(MAIN)).isEmpty();
        assertThat(SourceRules.longFiles(planted("class A {" + "\n".repeat(249) + "}")))
                .isEmpty();
        assertThat(SourceRules.longFiles(planted("class A {" + "\n".repeat(250) + "}")))
                .containsExactly("A0.java has 251 lines, more than 250");
    }

    @Test
    void noPackageIsCrowded() throws IOException {
        assertThat(SourceRules.largePackages(MAIN)).isEmpty();
        String[] files = new String[26];
        for (int i = 0; i < files.length; i++) {
            files[i] = "package crowded; class A" + i + " {}";
        }
        assertThat(SourceRules.largePackages(planted(files))).containsExactly("crowded has 26 files, more than 25");
    }

    @Test
    void mostMethodsAreShort() throws IOException {
        assertThat(SourceRules.longMethods(MAIN)).isEmpty();
        String small = "int a() {\nreturn 1;\n}\n";
        String large = "int b() {\nint x = 1;\nx++;\nx++;\nx++;\nreturn x;\n}\n";
        assertThat(SourceRules.longMethods(planted("class A {" + small + small + large + "}")))
                .isEmpty();
        assertThat(SourceRules.longMethods(planted("class A {" + small + large + large + "}")))
                .containsExactly("the median method has 7 lines, more than 5");
    }

    @Test
    void namesAndTextsUseTheWordsOfTheField() throws IOException {
        assertThat(SourceRules.privateWords(MAIN)).isEmpty();
        List<SourceFile> planted = planted(
                "class Easel {}",
                "class Guide {}",
                "class A { void drawImage() {} }",
                "class A { int LAST_LEVEL; }",
                "class A { void a(int sitting) {} }",
                "class A { String help = \"Draws a picture\"; }");
        assertThat(SourceRules.privateWords(planted))
                .containsExactly(
                        "A0.java: the type Easel",
                        "A1.java: the type Guide",
                        "A2.java: the name drawImage",
                        "A3.java: the name LAST_LEVEL",
                        "A4.java: the name sitting",
                        "A5.java: the text \"Draws a picture\"");
    }

    @Test
    void wordsThatOnlyContainAPrivateWordAreNone() throws IOException {
        assertThat(SourceRules.privateWords(
                        planted("class A { int withdrawn; String help = \"guidance starts at the middle step\"; }")))
                .isEmpty();
    }

    private List<SourceFile> planted(String... texts) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String text : texts) {
            files.add(Files.writeString(folder.resolve("A" + files.size() + ".java"), text));
        }
        return SourceReader.read(folder, files);
    }
}
