package io.percolate.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.tests.ChildJvm;
import io.percolate.tests.TestFolders;
import io.percolate.tests.TinyTraining;
import io.percolate.weights.safetensors.SafeTensors;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** Encodes images in a JVM that is killed when six of ten are done, goes on in another one, and trains. */
final class ManyImages {

    private static final int SIDE = 16;
    private static final Pattern PROGRESS = Pattern.compile("encoded (\\d+) of \\d+ images");
    private static final int KILLED = 128 + 9;

    private final Path folder;
    private final int count;
    private final TinyTraining training;
    private final ChildJvm jvm;

    /**
     * @param folder where everything goes, new or empty
     * @param count of images, all of them different
     * @param heap most that Java's heap may hold, as {@code -Xmx} has it
     */
    ManyImages(Path folder, int count, String heap) {
        this.folder = folder;
        this.count = count;
        training = new TinyTraining(folder);
        jvm = new ChildJvm(List.of("-Xms16m", "-XX:-AlwaysPreTouch", "-Xmx" + heap), Map.of());
    }

    /** {@code percolate.tests.faults.ManyImages 100000 FOLDER}. */
    public static void main(String[] arguments) throws Exception {
        ManyImages images = new ManyImages(Path.of(arguments[1]), Integer.parseInt(arguments[0]), "512m");
        images.prepare();
        System.out.printf("encoded before the kill: %d of %d%n", images.killAfter(images.count * 6 / 10), images.count);
        System.out.print(images.finish());
    }

    /** Writes the images, and an autoencoder. */
    void prepare() throws IOException {
        Files.createDirectories(training.data());
        for (int i = 0; i < count; i++) {
            BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
            image.setRGB(i % SIDE, SIDE / 2, 0xffffff);
            image.setRGB(0, 0, i);
            ImageIO.write(image, "png", training.data().resolve(i + ".png").toFile());
        }
        training.trainVae(1);
    }

    /** Kills the training when it says that so many images are encoded, and returns how many are. */
    int killAfter(int enough) throws IOException, InterruptedException {
        Process child = start();
        try (BufferedReader output = child.inputReader()) {
            assertThat(output.lines().anyMatch(line -> progress(line) >= enough))
                    .isTrue();
        }
        child.destroyForcibly();
        assertThat(child.waitFor()).isEqualTo(KILLED);
        return shards().values().stream().mapToInt(List::size).sum();
    }

    private static int progress(String line) {
        Matcher progress = PROGRESS.matcher(line);
        return progress.find() ? Integer.parseInt(progress.group(1)) : 0;
    }

    /** Goes on until it has trained, and returns what it says; fails if anything is encoded twice, or left out. */
    String finish() throws IOException, InterruptedException {
        Map<Path, List<String>> before = shards();
        Process child = start();
        String output = new String(child.getInputStream().readAllBytes());
        assertThat(child.waitFor()).as(output).isZero();
        assertThat(shards()).containsAllEntriesOf(before);
        assertThat(TestFolders.files(cache())).noneMatch(file -> file.endsWith(".partial"));
        List<String> all = new ArrayList<>();
        shards().values().forEach(all::addAll);
        Set<String> distinct = new HashSet<>(all);
        assertThat(all).hasSameSizeAs(distinct);
        assertThat(distinct).hasSize(count);
        return output;
    }

    private Process start() throws IOException {
        return jvm.start(folder, LatentTraining.class.getName(), folder.toString(), cache().toString());
    }

    private Path cache() {
        return folder.resolve("cache");
    }

    /** The names of what is in each file of the cache. */
    private Map<Path, List<String>> shards() {
        Map<Path, List<String>> shards = new TreeMap<>();
        for (String file : TestFolders.files(cache())) {
            if (file.endsWith(".safetensors")) {
                try (SafeTensors shard = SafeTensors.open(cache().resolve(file))) {
                    shards.put(Path.of(file), List.copyOf(shard.names()));
                }
            }
        }
        return shards;
    }
}
