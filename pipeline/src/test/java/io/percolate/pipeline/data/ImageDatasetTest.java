package io.percolate.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageDatasetTest {

    @TempDir
    private Path folder;

    @Test
    void jsonLinesGiveCaptionsAndFields() throws IOException {
        write(
                "metadata.jsonl",
                """
                {"file_name": "a.png", "text": ["a red apple", "an apple"], "split": "heldout", "weight": 0.5}

                {"file_name": "sub/b.png", "text": "a pear", "tags": ["green"]}
                {"file_name": "c.png"}
                """);
        ImageDataset dataset = ImageDataset.open(folder);
        assertThat(dataset.entries())
                .extracting(ImageEntry::file)
                .containsExactly(folder.resolve("a.png"), folder.resolve("sub/b.png"), folder.resolve("c.png"));
        assertThat(dataset.entries()).extracting(ImageEntry::caption).containsExactly("a red apple", "a pear", "");
        assertThat(dataset.entries().get(0).captions()).containsExactly("a red apple", "an apple");
        assertThat(dataset.entries().get(0).weight()).isEqualTo(0.5);
        assertThat(dataset.entries().get(1).fields()).containsOnlyKeys("tags").containsEntry("tags", "[\"green\"]");
    }

    @Test
    void aColumnOrTheSubFolderSaysTheClass() throws IOException {
        write(
                "metadata.jsonl",
                """
                {"file_name": "a.png", "label": "cat"}
                {"file_name": "b.png", "class": 7}
                {"file_name": "c.png"}
                """);
        ImageDataset columns = ImageDataset.open(folder);
        assertThat(columns.entries()).extracting(ImageEntry::label).containsExactly("cat", "7", "");
        assertThat(columns.hasLabels()).isFalse();
        Files.delete(folder.resolve("metadata.jsonl"));
        write("cats/a.png", "");
        write("dogs/big/b.png", "");
        ImageDataset folders = ImageDataset.open(folder);
        assertThat(folders.entries()).extracting(ImageEntry::label).containsExactly("cats", "dogs/big");
        assertThat(folders.hasLabels()).isTrue();
    }

    @Test
    void splitsAreKeptApart() throws IOException {
        write(
                "metadata.jsonl",
                """
                {"file_name": "a.png", "split": "heldout"}
                {"file_name": "b.png", "split": "train"}
                {"file_name": "c.png"}
                """);
        ImageDataset dataset = ImageDataset.open(folder);
        assertThat(names(dataset.split(Split.TRAIN))).containsExactly("b.png", "c.png");
        assertThat(names(dataset.split(Split.HELD_OUT))).containsExactly("a.png");
        assertThat(names(dataset.where(entry -> entry.fields().isEmpty()))).containsExactly("c.png");
    }

    @Test
    void commaSeparatedValuesMayBeQuoted() throws IOException {
        write("metadata.csv", "file_name,text,group\na.png,\"red, and \"\"ripe\"\"\",food\nb.png,,\n");
        ImageDataset dataset = ImageDataset.open(folder);
        assertThat(dataset.entries().get(0).captions()).containsExactly("red, and \"ripe\"");
        assertThat(dataset.entries().get(0).fields()).containsEntry("group", "food");
        assertThat(dataset.entries().get(1).captions()).isEmpty();
    }

    @Test
    void captionsMayStandBesideTheImages() throws IOException {
        write("b.png", "");
        write("b.txt", "a pear\na green pear\n");
        write("sub/a.JPG", "");
        write("notes.txt", "no image");
        ImageDataset dataset = ImageDataset.open(folder);
        assertThat(names(dataset)).containsExactly("b.png", "a.JPG");
        assertThat(dataset.entries().get(0).captions()).containsExactly("a pear", "a green pear");
        assertThat(dataset.entries().get(1).captions()).isEmpty();
    }

    @Test
    void folderMustExist() {
        Path absent = folder.resolve("absent");
        assertThatThrownBy(() -> ImageDataset.open(absent))
                .isInstanceOf(DatasetException.class)
                .hasMessage(absent + " is not a folder: give a folder of images");
    }

    @Test
    void folderMustHaveImages() throws IOException {
        write("readme.md", "nothing here");
        assertThatThrownBy(() -> ImageDataset.open(folder))
                .isInstanceOf(DatasetException.class)
                .hasMessage(folder + " has no images (PNG, JPEG, WebP, GIF or BMP)");
    }

    @Test
    void wrongMetadataIsNamedByItsLine() throws IOException {
        Path file = write("metadata.jsonl", "{\"file_name\": \"a.png\"}\n{\"file_name\": \n");
        assertThatThrownBy(() -> ImageDataset.open(folder))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(file + " line 2 is not JSON: ");
        write("metadata.jsonl", "{\"text\": \"whose?\"}");
        assertThatThrownBy(() -> ImageDataset.open(folder)).hasMessage(file + " line 1 has no file_name");
    }

    @Test
    void byteOrderMarksAndWindowsLineEndsAreNoPartOfTheText() throws IOException {
        write("metadata.jsonl", "\uFEFF{\"file_name\": \"a.png\", \"text\": \"a pear\"}\r\n");
        assertThat(ImageDataset.open(folder).entries().get(0).caption()).isEqualTo("a pear");
        Files.delete(folder.resolve("metadata.jsonl"));
        write("metadata.csv", "\uFEFFfile_name,text\r\na.png,a plum\r\n");
        assertThat(ImageDataset.open(folder).entries().get(0).caption()).isEqualTo("a plum");
        Files.delete(folder.resolve("metadata.csv"));
        write("a.png", "");
        write("a.txt", "\uFEFFan apple\r\n\r\na red apple\r\n");
        assertThat(ImageDataset.open(folder).entries().get(0).captions()).containsExactly("an apple", "a red apple");
    }

    @Test
    void captionsInAnotherEncodingAreNamed() throws IOException {
        write("a.png", "");
        Path captions = Files.writeString(folder.resolve("a.txt"), "\u00e4pfel", StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> ImageDataset.open(folder))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(captions + " is not UTF-8 text");
    }

    @Test
    void brokenTablesAreNamed() throws IOException {
        Path file = write("metadata.csv", "file_name,text\n\"a.png,b\n");
        assertThatThrownBy(() -> ImageDataset.open(folder))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(file + " is not a table with a header: ");
    }

    @Test
    void foldersNamedLikeImagesAreNoImages() throws IOException {
        Files.createDirectory(folder.resolve("album.png"));
        write("a.png", "");
        assertThat(names(ImageDataset.open(folder))).containsExactly("a.png");
    }

    @Test
    void wrongFieldsAreNamed() throws IOException {
        write("metadata.jsonl", "{\"file_name\": \"a.png\", \"split\": \"maybe\", \"weight\": \"much\"}");
        ImageDataset dataset = ImageDataset.open(folder);
        Path file = folder.resolve("a.png");
        assertThatThrownBy(() -> dataset.split(Split.TRAIN))
                .hasMessage(file + ": split 'maybe': use train, heldout or unseen");
        assertThatThrownBy(() -> dataset.entries().get(0).weight())
                .hasMessage(file + ": weight 'much' is not a number from 0 to 1000");
    }

    private static Iterable<String> names(ImageDataset dataset) {
        return dataset.entries().stream()
                .map(entry -> entry.file().getFileName().toString())
                .toList();
    }

    private Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }
}
