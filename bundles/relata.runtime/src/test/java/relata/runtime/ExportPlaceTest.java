package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportPlaceTest {
    @TempDir
    private Path root;

    private Path model = Path.of("");
    private Path work = Path.of("");

    @BeforeEach
    void begin() throws IOException {
        model = Files.createDirectory(root.resolve("model"));
        work = Files.createDirectory(root.resolve("work"));
        Files.writeString(model.resolve("names.txt"), "of the model");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    private static String fill(Path folder, String text) throws IOException {
        Files.writeString(folder.resolve("model.onnx"), text);
        Files.writeString(folder.resolve("names.txt"), text);
        Files.writeString(folder.resolve("tokenizer.json"), text);
        Files.writeString(folder.resolve("model.json"), "{\"format\": \"relata-onnx-1\"}");
        return text;
    }

    private String write(Path to, String text) throws Exception {
        return ExportPlace.of(model, Optional.of(to)).write(folder -> fill(folder, text));
    }

    private String refused(Path to) {
        return assertThrows(IOException.class, () -> write(to, "x")).getMessage();
    }

    @Test
    void foldersBesideAreLeftAlone() throws Exception {
        Path target = work.resolve("exported");
        for (String beside : List.of("exported.old", "exported.new")) Files.writeString(Files.createDirectory(work.resolve(beside)).resolve("mine"), "mine");
        assertEquals("first", write(target, "first"));
        assertEquals("second", write(target, "second"));
        assertEquals("second", Files.readString(target.resolve("model.onnx")));
        assertEquals(List.of("exported", "exported.new", "exported.old"), names(work));
        for (String beside : List.of("exported.old", "exported.new")) assertEquals("mine", Files.readString(work.resolve(beside).resolve("mine")));
        assertEquals(PosixFilePermissions.toString(Files.getPosixFilePermissions(work)), PosixFilePermissions.toString(Files.getPosixFilePermissions(target)), "others may read it as they may other folders");
    }

    @Test
    void whatNoExportWroteIsNotReplaced() throws Exception {
        Path target = Files.createDirectory(work.resolve("own"));
        Files.writeString(target.resolve("model.json"), "{\"format\": \"mine\"}");
        assertTrue(refused(target).contains("holds other files"), refused(target));
        for (String text : List.of("no JSON {", "[1]", "{\"format\": 1}")) {
            Files.writeString(target.resolve("model.json"), text);
            assertTrue(refused(target).contains("holds other files"), text);
        }
        fill(target, "mine");
        write(target, "an export");
        Files.writeString(target.resolve("notes.txt"), "mine");
        assertTrue(refused(target).contains("holds notes.txt"), refused(target));
        Files.delete(target.resolve("notes.txt"));
        Files.createDirectory(target.resolve("tokenizer"));
        assertTrue(refused(target).contains("holds tokenizer"), refused(target));
        assertEquals("an export", Files.readString(target.resolve("model.onnx")));
        assertTrue(refused(model).contains("is the model itself"), refused(model));
    }

    @Test
    void filesOfThatNameAreNotReplacedEither() throws Exception {
        Path target = work.resolve("train.onnx");
        for (String name : List.of("train.json", "train.tokenizer.json", "train.onnx")) {
            Path file = Files.writeString(work.resolve(name), "{}");
            assertTrue(refused(target).contains(file + " was not written by an export"), refused(target));
            assertEquals("{}", Files.readString(file));
            Files.delete(file);
        }
        write(target, "first");
        write(target, "second");
        assertEquals("second", Files.readString(target));
        assertEquals("second", Files.readString(work.resolve("train.tokenizer.json")));
        assertEquals(List.of("train.json", "train.onnx", "train.tokenizer.json"), names(work));
        Files.createDirectory(work.resolve("folder.onnx"));
        assertTrue(refused(work.resolve("folder.onnx")).contains("is a folder"), refused(work.resolve("folder.onnx")));
    }

    @Test
    void aFailureLeavesWhatWasThereAndKeepsItsWords() throws Exception {
        Path target = work.resolve("exported");
        write(target, "first");
        IOException e = assertThrows(IOException.class, () -> ExportPlace.of(model, Optional.of(target)).write(folder -> {
            fill(folder, "second");
            throw new IOException("the answers differ");
        }));
        assertEquals("the answers differ", e.getMessage());
        assertEquals("first", Files.readString(target.resolve("model.onnx")));
        IOException late = assertThrows(IOException.class, () -> ExportPlace.of(model, Optional.of(target)).write(folder -> {
            Files.writeString(target.resolve("mine"), "mine");
            return fill(folder, "third");
        }));
        assertTrue(late.getMessage().contains("holds mine"), late.getMessage());
        assertEquals(List.of("exported"), names(work));
    }

    @Test
    void twoAtOnceDoNotMix() throws Exception {
        Path own = model.resolve("onnx");
        assertEquals("outer", ExportPlace.of(model, Optional.empty()).write(folder -> {
            assertEquals("inner", ExportPlace.of(model, Optional.empty()).write(other -> fill(other, "inner")));
            assertEquals(List.of(), names(folder));
            assertEquals("inner", Files.readString(own.resolve("names.txt")));
            return fill(folder, "outer");
        }));
        assertEquals("outer", Files.readString(own.resolve("names.txt")));
        assertEquals(List.of("names.txt", "onnx"), names(model));
    }

    /** Stands for a process that exports, until somebody ends it. */
    static final class Exporting {
        private Exporting() {}

        /** @param args the model, and where to */
        public static void main(String[] args) throws Exception {
            ExportPlace.of(Path.of(args[0]), Optional.of(Path.of(args[1]))).write(folder -> {
                fill(folder, "half");
                System.out.println("at it");
                return System.in.read();
            });
        }
    }

    @Test
    void whatAKilledProcessLeftIsRemovedByTheNextExportToThatPlace() throws Exception {
        Path target = work.resolve("exported");
        Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Exporting.class.getName(), model.toString(), target.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            assertEquals("at it", other.inputReader().readLine());
            write(target, "while it works");
            assertEquals(2, names(work).size(), names(work)::toString);
        } finally {
            other.destroyForcibly().waitFor();
        }
        Path left = work.resolve(names(work).get(0));
        write(work.resolve("other"), "elsewhere");
        assertEquals("half", Files.readString(left.resolve("new/model.onnx")), "another place is none of its business");
        write(target, "after its end");
        assertEquals(List.of("exported", "other"), names(work));
    }

    @Test
    void whatAProcessLeftBetweenItsMovesComesBack() throws Exception {
        Path target = work.resolve("exported"), left = Files.createDirectory(work.resolve(".exported-17"));
        Files.createFile(left.resolve(".export-lock"));
        fill(Files.createDirectory(left.resolve("old")), "the earlier one");
        assertThrows(IOException.class, () -> ExportPlace.of(model, Optional.of(target)).write(folder -> {
            throw new IOException("the answers differ");
        }));
        assertEquals("the earlier one", Files.readString(target.resolve("model.onnx")));
        assertEquals(List.of("exported"), names(work));
    }

    @Test
    void whatOnlyLooksLikeALeftoverStays() throws Exception {
        Path target = work.resolve("exported");
        Files.createDirectory(work.resolve(".exported-1"));
        for (String name : List.of(".exported-1b", ".exported-", "exported-1")) Files.createFile(Files.createDirectory(work.resolve(name)).resolve(".export-lock"));
        write(target, "new");
        assertEquals(List.of(".exported-", ".exported-1", ".exported-1b", "exported", "exported-1"), names(work));
    }

    @Test
    void placesThatAreNoneAreTold() throws Exception {
        assertTrue(refused(Path.of("/")).contains("has no name"), refused(Path.of("/")));
        assertTrue(refused(work.resolve("no/exported")).contains("there is no folder"), refused(work.resolve("no/exported")));
        Path file = Files.writeString(work.resolve("file"), "mine");
        assertTrue(refused(file).contains("is a file"), refused(file));
        assertEquals(work.resolve("exported/model.onnx"), ExportPlace.of(model, Optional.of(work.resolve("other/../exported"))).file());
    }
}
