package io.percolate.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a real Chromium; skipped where there is none. With percolate.screenshots=DIR, images of it are kept. */
class PageTest {

    private static final String FEW_STEPS = "document.getElementById('steps').value = 6";

    @TempDir
    private static Path folder;

    private static RunningStudio studio;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Optional<Path> chromium = Browser.find();
        assumeTrue(chromium.isPresent(), "no Chromium: set CHROMIUM to test the page");
        studio = RunningStudio.embedded(folder.resolve("gallery"));
        browser = new Browser(chromium.get(), Files.createDirectories(folder.resolve("browser")));
        studio.post("/v1/images/generations", "{\"prompt\": \"an owl\", \"steps\": 1}");
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            studio.close();
        }
    }

    @BeforeEach
    void openThePage() {
        browser.resize(1440, 1000);
        browser.open(studio.address());
        browser.await("document.getElementById('width').value");
    }

    @AfterEach
    void theConsoleHasNoErrors() {
        assertThat(browser.problems()).isEmpty();
    }

    @Test
    void anImageIsWatchedAndIsInTheGalleryAfterAReload() throws IOException {
        browser.evaluate("window.seen = new Set(); new MutationObserver(() => { const image = document.querySelector("
                + "'#stage img.preview'); if (image) window.seen.add(image.src); })"
                + ".observe(document.getElementById('stage'), {childList: true})");
        browser.type("prompt", "a red apple");
        browser.evaluate("document.getElementById('steps').value = 12");
        browser.click("#generate");
        browser.await("document.querySelector('#stage button img')");
        assertThat(browser.evaluate("window.seen.size").intValue()).isGreaterThanOrEqualTo(3);
        browser.await("document.getElementById('tokens').textContent === '5 of 32 tokens'");
        browser.await("document.querySelector('#gallery img')");
        keep("generate");
        browser.open(studio.address());
        browser.await("document.querySelector('#gallery .thumb')");
        browser.click("#gallery .thumb");
        assertThat(browser.evaluate("document.querySelector('#viewer .words').textContent")
                        .textValue())
                .isEqualTo("a red apple");
        browser.evaluate(
                "[...document.querySelectorAll('#viewer button')].find(b => b.textContent === 'Use settings').click()");
        assertThat(browser.evaluate("document.getElementById('steps').value").textValue())
                .isEqualTo("12");
        assertThat(browser.evaluate("document.getElementById('lock').getAttribute('aria-pressed')")
                        .textValue())
                .isEqualTo("true");
    }

    @Test
    void aGenerationIsCancelled() {
        browser.type("prompt", "an owl");
        browser.evaluate("document.getElementById('steps').value = 100");
        browser.click("#generate");
        browser.await("!document.getElementById('cancel').hidden");
        browser.click("#cancel");
        browser.await("!document.getElementById('generate').disabled");
        assertThat(browser.evaluate("document.getElementById('problem').hidden").booleanValue())
                .isTrue();
    }

    @Test
    void anImageIsDraggedInPaintedAndChanged() {
        String file = Images.base64(Images.disc(128));
        browser.evaluate("(async () => { const bytes = Uint8Array.from(atob('" + file + "'), c => c.charCodeAt(0));"
                + "const data = new DataTransfer(); data.items.add(new File([bytes], 'a.png', {type: 'image/png'}));"
                + "document.getElementById('generate-form').dispatchEvent(new DragEvent('drop', {dataTransfer: data,"
                + " bubbles: true, cancelable: true})); })()");
        browser.await("!document.getElementById('init-tools').hidden");
        browser.evaluate("(() => { const mask = document.getElementById('mask'); mask.setPointerCapture = () => {};"
                + "const box = mask.getBoundingClientRect(); for (const [kind, at] of [['pointerdown', 40],"
                + " ['pointermove', 80], ['pointerup', 80]]) mask.dispatchEvent(new PointerEvent(kind,"
                + " {clientX: box.left + at, clientY: box.top + at, pointerId: 1})); })()");
        browser.type("prompt", "a red apple");
        browser.evaluate(FEW_STEPS);
        browser.click("#generate");
        browser.await("document.querySelector('#stage button img')");
        assertThat(browser.evaluate("document.getElementById('problem').textContent")
                        .textValue())
                .isEmpty();
    }

    @Test
    void aChainIsExplained() throws IOException {
        browser.evaluate("location.hash = '#/explain'");
        browser.evaluate("document.getElementById('explain-steps').value = 4");
        browser.click("#explain-run");
        browser.await("!document.getElementById('explain-run').disabled");
        assertThat(browser.evaluate("document.querySelectorAll('#film button').length")
                        .intValue())
                .isEqualTo(8);
        assertThat(browser.evaluate("document.querySelectorAll('#chain-grid img').length")
                        .intValue())
                .isEqualTo(6);
        keep("explain");
    }

    @Test
    void aServerThatIsGoneIsToldWithWhatToDo() {
        browser.evaluate("window.fetch = () => Promise.reject(new TypeError('Failed to fetch'))");
        browser.type("prompt", "an owl");
        browser.click("#generate");
        browser.await("!document.getElementById('problem').hidden");
        assertThat(browser.evaluate("document.getElementById('problem').textContent")
                        .textValue())
                .contains("see whether it still runs");
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 768, 1280, 1920})
    void nothingIsWiderThanTheWindow(int width) {
        browser.resize(width, 900);
        for (String view : new String[] {"generate", "explain", "runs"}) {
            browser.evaluate("location.hash = '#/" + view + "'");
            browser.await("!document.getElementById('view-" + view + "').hidden");
            assertThat(browser.evaluate("document.documentElement.scrollWidth").intValue())
                    .as(view)
                    .isLessThanOrEqualTo(width);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void axeFindsNothingSerious(String theme) throws IOException {
        browser.evaluate("document.documentElement.dataset.theme = '" + theme + "'");
        browser.evaluate(axe());
        for (String view : new String[] {"generate", "explain", "runs"}) {
            browser.evaluate("location.hash = '#/" + view + "'");
            browser.await("!document.getElementById('view-" + view + "').hidden");
            JsonNode findings = browser.evaluate("axe.run().then(result => result.violations.filter(found =>"
                    + " ['serious', 'critical'].includes(found.impact)).map(found => found.id + ' ' +"
                    + " found.nodes.map(node => node.html).join(' ')))");
            assertThat(findings).as(view).isEmpty();
        }
    }

    private static String axe() throws IOException {
        try (InputStream in =
                PageTest.class.getResourceAsStream("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void keep(String name) throws IOException {
        String kept = System.getProperty("percolate.screenshots");
        if (kept != null) {
            Files.write(Files.createDirectories(Path.of(kept)).resolve(name + ".png"), browser.screenshot());
        }
    }
}
