package relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesOfUsersTest {
    @TempDir
    private Path folder;

    @Test
    void answersGoIntoRegularFilesOfFoldersThatExist() throws Exception {
        PredictCommand.checkOut(folder.resolve("answers.jsonl"));
        PredictCommand.checkOut(Files.writeString(folder.resolve("old.jsonl"), "{}"));
        assertTrue(assertThrows(Failure.class, () -> PredictCommand.checkOut(folder)).getMessage().contains("is a folder"));
        assertTrue(assertThrows(Failure.class, () -> PredictCommand.checkOut(folder.resolve("no/answers.jsonl"))).getMessage().contains("there is no folder " + folder.resolve("no")));
    }

    @Test
    void aDeviceIsNotReplacedByAFile() {
        Path device = Path.of("/dev/null");
        assumeTrue(Files.exists(device), "there is no /dev/null here");
        assertTrue(assertThrows(Failure.class, () -> PredictCommand.checkOut(device)).getMessage().contains("no regular file"));
    }

    @Test
    void aFileThatIsTooLargeForARecipeIsNotRead() throws Exception {
        Path file = Files.writeString(folder.resolve("large.yaml"), "a".repeat((1 << 20) + 1));
        assertTrue(assertThrows(Failure.class, () -> RecipeFile.find(folder, file.toString())).getMessage().contains("no more than 1 MiB"));
        Files.writeString(file, "a".repeat(1 << 20));
        assertEquals(1 << 20, RecipeFile.find(folder, file.toString()).text().length());
    }

    @Test
    void recipesAreInTheOrderOfTheirNames() throws Exception {
        Files.createDirectory(folder.resolve("recipes"));
        for (String name : List.of("clre-released", "clre", "quick")) Files.writeString(folder.resolve("recipes").resolve(name + ".yaml"), "recipe: " + name);
        assertEquals(List.of("clre", "clre-released", "quick"), RecipeFile.all(folder).stream().map(RecipeFile::name).toList());
    }
}
