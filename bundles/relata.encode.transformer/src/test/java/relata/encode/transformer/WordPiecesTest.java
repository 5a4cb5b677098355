package relata.encode.transformer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.text.InputFormat;

final class WordPiecesTest {
    private static final List<String> TEXTS = List.of(
            "Rpn4 directly interacts with the 26S proteasome .", "Naïve café-owners in Zürich didn't re-open ( yet ) !", "α2-macroglobulin ≥ 3.5 % ; 北京 and ２０",
            "[CLS] @PROTEIN$ , @CHEM-GENE$ [SEP] [MASK]", "supercalifragilisticexpialidocious antidisestablishmentarianism", "http://example.org/a_b?c=d&e=f e.g. U.S.A. ... --");

    private static int[] ids(WordPieces pieces, String text) {
        return Arrays.stream(text.split(" ")).flatMapToInt(w -> Arrays.stream(pieces.of(w))).toArray();
    }

    private static int[] whole(HuggingFaceTokenizer tokenizer, String text) {
        return Arrays.stream(tokenizer.encode(text, false, false).getIds()).mapToInt(i -> (int) i).toArray();
    }

    @Test
    void wordByWordIsTheWholeText(@TempDir Path folder) throws Exception {
        Models.miniLm(folder);
        Models.ENGINE.call(() -> {
            try (NDManager manager = Models.ENGINE.newManager();
                    HuggingFaceTokenizer whole = HuggingFaceTokenizer.newInstance(folder.resolve("tokenizer.json"), Map.of("padding", "false", "truncation", "false"))) {
                WordPieces pieces = WordPieces.open(folder, List.of(), manager);
                for (String text : TEXTS) assertArrayEquals(whole(whole, text), ids(pieces, text), text);
                assertEquals(30522, pieces.size());
                List<String> vocabulary = Files.readAllLines(written(pieces, folder).resolve("vocab.txt"));
                for (int i = 0; i < vocabulary.size(); i++) assertEquals(vocabulary.get(i), pieces.text(i));
                assertArrayEquals(new int[] {101, 102, 0, 100}, new int[] {pieces.cls(), pieces.sep(), pieces.pad(), pieces.unknown()});
            }
            return null;
        });
    }

    private static Path written(WordPieces pieces, Path folder) throws IOException {
        Path written = Files.createDirectories(folder.resolve("written"));
        pieces.file().write(written, 512);
        return written;
    }

    @Test
    void vocabularyGivesTheSameTokenizer(@TempDir Path folder) throws Exception {
        Models.miniLm(folder.resolve("json"));
        Models.ENGINE.call(() -> {
            try (NDManager manager = Models.ENGINE.newManager()) {
                WordPieces json = WordPieces.open(folder.resolve("json"), List.of(), manager);
                json.file().write(Files.createDirectories(folder.resolve("all")), 512);
                Path words = Files.createDirectories(folder.resolve("words"));
                Files.move(folder.resolve("all").resolve("vocab.txt"), words.resolve("vocab.txt"));
                assertEquals(30522, Files.readAllLines(words.resolve("vocab.txt")).size());
                WordPieces made = WordPieces.open(words, InputFormat.MENTION.markers(), manager);
                for (String text : TEXTS) assertArrayEquals(ids(json, text), ids(made, text), text);
                Files.writeString(words.resolve("tokenizer_config.json"), "{\"do_lower_case\": false}");
                WordPieces cased = WordPieces.open(words, List.of(), manager);
                assertArrayEquals(ids(json, "the"), ids(cased, "the"));
                assertFalse(Arrays.equals(ids(cased, "the"), ids(cased, "The")), "do_lower_case false keeps capitals");
            }
            return null;
        });
    }

    @Test
    void markersAreSingleNewTokens(@TempDir Path folder) throws Exception {
        TinyBert.write(folder);
        Models.ENGINE.call(() -> {
            try (NDManager manager = Models.ENGINE.newManager()) {
                List<String> markers = InputFormat.MENTION.markers();
                WordPieces pieces = WordPieces.open(folder, markers, manager);
                int n = TinyBert.WORDS.size();
                assertEquals(markers, List.copyOf(pieces.added().values()));
                assertEquals(n + markers.size(), pieces.size());
                for (int i = 0; i < markers.size(); i++) assertArrayEquals(new int[] {n + i}, pieces.of(markers.get(i)));
                Path saved = Files.createDirectories(folder.resolve("saved"));
                pieces.file().write(saved, 160);
                WordPieces again = WordPieces.open(saved, markers, manager);
                assertTrue(again.added().isEmpty(), "a saved tokenizer has its markers already");
                try (HuggingFaceTokenizer theirs = HuggingFaceTokenizer.newInstance(saved.resolve("tokenizer.json"))) {
                    List<String> tokens = new ArrayList<>(List.of(theirs.encode("[E1] the [/E1]").getTokens()));
                    assertEquals(List.of("[CLS]", "[E1]", "the", "[/E1]", "[SEP]"), tokens, "other software knows the markers, and puts [CLS] and [SEP] around");
                }
            }
            return null;
        });
    }

    @Test
    void wordsOfTheVocabularyKeepTheirNumbers(@TempDir Path folder) throws Exception {
        Models.miniLm(folder);
        Models.ENGINE.call(() -> {
            try (NDManager manager = Models.ENGINE.newManager()) {
                WordPieces plain = WordPieces.open(folder, List.of(), manager);
                assertTrue(plain.of("[unused0]").length > 1, "by itself it is split, as any text in brackets");
                List<String> whole = List.of("[unused0]", "[unused99]", "[MASK]", "*", "the", "BLANK", "[BLANK]", "[É]", "[unused0]");
                WordPieces pieces = WordPieces.open(folder, whole, manager);
                assertEquals(Map.of(30522, "BLANK", 30523, "[BLANK]", 30524, "[É]"), pieces.added());
                assertEquals(30525, pieces.size());
                assertArrayEquals(new int[] {1}, pieces.of("[unused0]"));
                assertArrayEquals(new int[] {104}, pieces.of("[unused99]"));
                assertArrayEquals(new int[] {103}, pieces.of("[MASK]"));
                assertArrayEquals(new int[] {30523}, pieces.of("[BLANK]"));
                for (String other : List.of("unused", "[", "a*b", "The", "theory", "blank", "BLANKET", "[unused1]", "É"))
                    assertArrayEquals(plain.of(other), pieces.of(other), other + " is read as ever");
                Path saved = Files.createDirectories(folder.resolve("saved"));
                pieces.file().write(saved, 512);
                WordPieces again = WordPieces.open(saved, List.of(), manager);
                assertEquals(Map.of(), again.added());
                for (String token : whole) assertArrayEquals(pieces.of(token), again.of(token), token + " is whole without being asked for again");
                assertEquals(30522, Files.readAllLines(saved.resolve("vocab.txt")).size());
                try (HuggingFaceTokenizer theirs = HuggingFaceTokenizer.newInstance(saved.resolve("tokenizer.json"), Map.of("padding", "false", "truncation", "false"))) {
                    assertEquals(List.of("[CLS]", "[unused0]", "[BLANK]", "[unused99]", "theory", "[SEP]"), List.of(theirs.encode("[unused0] [BLANK] [unused99] theory").getTokens()));
                }
            }
            return null;
        });
    }

    @Test
    void wrongFilesAreNamed(@TempDir Path folder) throws Exception {
        refused(folder, "neither tokenizer.json nor vocab.txt");
        Files.write(folder.resolve("vocab.txt"), List.of("[PAD]", "[UNK]", "the"));
        refused(folder, "vocab.txt has no token [CLS]");
        Files.write(folder.resolve("vocab.txt"), new byte[] {'a', (byte) 0xff, '\n'});
        refused(folder, "vocab.txt is not UTF-8 text");
        Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {\"vocab\": {\"a\": 1");
        refused(folder, "tokenizer.json is cut off or no tokenizer");
        Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {\"type\": \"Unigram\", \"vocab\": [[\"a\", 1.0]]}}");
        refused(folder, "has no vocabulary of word pieces");
        Files.writeString(folder.resolve("tokenizer.json"), "{\"added_tokens\": [{\"id\": 1}], \"model\": {\"type\": \"WordPiece\", \"vocab\": {\"a\": 1}}}");
        refused(folder, "an added token without content and id");
        Files.writeString(folder.resolve("tokenizer.json"), "[]");
        refused(folder, "tokenizer.json is cut off or no tokenizer");
        Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {\"type\": \"WordPiece\", \"vocab\": {\"a\": 1}}}");
        refused(folder, "tokenizer.json");
    }

    private static void refused(Path folder, String message) throws Exception {
        Models.ENGINE.call(() -> {
            try (NDManager manager = Models.ENGINE.newManager()) {
                IOException e = assertThrows(IOException.class, () -> WordPieces.open(folder, List.of(), manager));
                assertTrue(e.getMessage().contains(message), e.getMessage());
            }
            return null;
        });
    }
}
