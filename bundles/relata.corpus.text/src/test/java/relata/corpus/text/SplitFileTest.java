package relata.corpus.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.corpus.CorpusException;

final class SplitFileTest {
    @TempDir
    Path folder;

    private List<String> splits(Map<String, String> named) throws IOException {
        return SplitFile.of(folder, List.of(".json", ".txt"), named).stream().map(f -> f.name() + "=" + f.file().getFileName()).toList();
    }

    @Test
    void namesSayWhichSplitAFileIs() throws IOException {
        for (String name : List.of("train_wiki.json", "wiki80_val.txt", "test_revised.json.gz", "other.JSON", "notes.md", ".dev.json")) Files.writeString(folder.resolve(name), "");
        assertEquals(List.of("other=other.JSON", "test=test_revised.json.gz", "train=train_wiki.json", "dev=wiki80_val.txt"), splits(Map.of()));
        assertEquals(List.of("dev=other.JSON", "train=train_wiki.json"), splits(Map.of("train", "train_wiki.json", "dev", "other.JSON")));
        assertEquals("contest", SplitFile.split("contest.json"));
        assertEquals(List.of("train", "dev", "test", "NYT10_0.1"), Stream.of("TrainCollection", "BioRED.Devel.txt", "myTest.v2.json.gz", "NYT10_0.1.txt").map(SplitFile::split).toList());
        assertEquals("train_0.1", new SplitFile("tenth", Path.of("data", "train_0.1.txt.gz")).stem());
        assertEquals("data/train.txt", new SplitFile("train", Path.of("all", "data", "train.txt")).input(Path.of("all")));
        assertEquals("train.txt", new SplitFile("train", Path.of("train.txt")).input(Path.of("train.txt")));
        Files.writeString(folder.resolve("train_distant.json"), "");
        String message = assertThrows(CorpusException.class, () -> splits(Map.of())).getMessage();
        assertTrue(message.contains("train_distant.json and train_wiki.json") && message.contains("files: { train: train_distant.json }"), message);
        assertTrue(assertThrows(CorpusException.class, () -> splits(Map.of("x", "none.json"))).getMessage().contains("none.json"));
    }
}
