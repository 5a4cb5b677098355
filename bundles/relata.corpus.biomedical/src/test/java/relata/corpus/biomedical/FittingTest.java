package relata.corpus.biomedical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import relata.api.corpus.CorpusException;
import relata.corpus.text.Place;
import relata.corpus.text.Unit;

/** Whatever the offsets count, every mention is found where it was put; no unit is guessed that does not fit all. */
final class FittingTest {
    private static final List<String> WORDS = List.of("a", "bb", "é", "β-c", "\ud835\udefc", "d\ud83d\ude00", "x", "tau");
    private static final List<ToIntFunction<String>> COUNTS = List.of(s -> s.codePointCount(0, s.length()), String::length, s -> s.getBytes(StandardCharsets.UTF_8).length);

    private static Draft draft(Random random, ToIntFunction<String> count, List<String> expected) {
        List<Draft.Section> sections = new ArrayList<>();
        List<Draft.Name> names = new ArrayList<>();
        for (int s = 0; s < 3; s++) {
            StringBuilder text = new StringBuilder();
            for (int w = 0; w < 12; w++) {
                String word = WORDS.get(random.nextInt(WORDS.size()));
                if (random.nextInt(3) == 0) {
                    int start = count.applyAsInt(text.toString());
                    names.add(new Draft.Name(new Place(Path.of("f"), s + 1), "T" + names.size(), "T" + names.size(), "X", s, List.of(new int[] {start, start + count.applyAsInt(word)}), word));
                    expected.add(word);
                }
                text.append(word).append(' ');
            }
            sections.add(new Draft.Section(text.toString(), Draft.Cut.NONE, 0));
        }
        return new Draft(new Place(Path.of("f"), 1), "d", sections, names, List.of());
    }

    @Test
    void everyMentionIsFoundInEachUnit() throws CorpusException {
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            ToIntFunction<String> count = COUNTS.get(round % 3);
            List<String> expected = new ArrayList<>();
            Draft draft = draft(random, count, expected);
            Document document = Fitting.fit(List.of(draft), Optional.empty(), new Notes()).get(0);
            List<String> found = new ArrayList<>();
            for (int i = 0; i < expected.size(); i++) {
                String id = "T" + i;
                Document.Term term = document.terms().stream().filter(t -> t.id().equals(id)).findFirst().orElseThrow();
                found.add(String.join("", document.tokens().subList(term.mention().start(), term.mention().end())));
            }
            assertEquals(expected, found);
        }
    }

    @Test
    void aMentionThatFitsNothingIsNamed() {
        Random random = new Random(6);
        Draft good = draft(random, COUNTS.get(0), new ArrayList<>());
        List<Draft.Name> names = new ArrayList<>(good.names());
        Draft.Name second = names.get(1);
        names.set(1, new Draft.Name(new Place(Path.of("f"), 77), "T1", "T1", "X", second.section(), second.spans(), "absent"));
        Draft wrong = new Draft(good.at(), good.id(), good.sections(), names, List.of());
        String message = assertThrows(CorpusException.class, () -> Fitting.fit(List.of(wrong), Optional.empty(), new Notes())).getMessage();
        assertTrue(message.startsWith("f line 77: T1 is 'absent'"), message);
        String forced = assertThrows(CorpusException.class, () -> Fitting.fit(List.of(wrong), Optional.of(Unit.BYTE), new Notes())).getMessage();
        assertTrue(forced.startsWith("f line "), forced);
    }

    @Test
    void aMentionDoesNotReachIntoTheNextSection() {
        List<Draft.Section> sections = List.of(new Draft.Section("a b", Draft.Cut.NONE, 0), new Draft.Section("b", Draft.Cut.NONE, 0));
        Draft draft = new Draft(new Place(Path.of("f"), 1), "d", sections, List.of(new Draft.Name(new Place(Path.of("f"), 9), "T0", "T0", "X", 0, List.of(new int[] {4, 5}), "b")), List.of());
        String message = assertThrows(CorpusException.class, () -> Fitting.fit(List.of(draft), Optional.empty(), new Notes())).getMessage();
        assertTrue(message.startsWith("f line 9: T0 'b' goes from 4 to 5, but the text has 3"), message);
    }
}
