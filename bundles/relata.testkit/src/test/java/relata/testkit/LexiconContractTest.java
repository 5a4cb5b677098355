package relata.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.view.Lexicon;
import relata.api.view.PartOfSpeech;

/** Lexicons with planted mistakes, each caught by the test that should. */
class LexiconContractTest {
    record Config() {}

    @ComponentName("planted")
    @Doc("A lexicon, right or wrong")
    @Source("")
    record Planted(Lexicon lexicon) implements ComponentProvider<Lexicon, Config> {
        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public Lexicon create(Config config, Parts parts) {
            return lexicon;
        }
    }

    private static LexiconContract<Config> contract(Lexicon lexicon) {
        return new LexiconContract<>() {
            @Override
            public ComponentProvider<Lexicon, Config> provider() {
                return new Planted(lexicon);
            }

            @Override
            protected List<String> words() {
                return List.of("car", "quick");
            }
        };
    }

    /** Of what is right, something else. */
    private static LexiconContract<Config> but(UnaryOperator<List<String>> change) {
        return contract((word, pos) -> change.apply(right(word, pos)));
    }

    private static List<String> right(String word, Optional<PartOfSpeech> pos) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "car" -> pos.orElse(PartOfSpeech.NOUN) == PartOfSpeech.NOUN ? List.of("auto", "cable car", "machine") : List.of();
            case "quick" -> pos.isEmpty() ? List.of("fast", "flesh") : pos.get() == PartOfSpeech.NOUN ? List.of("flesh") : pos.get() == PartOfSpeech.ADJECTIVE ? List.of("fast") : List.of();
            default -> List.of();
        };
    }

    private static List<String> with(List<String> list, String more) {
        if (list.isEmpty()) return list;
        List<String> longer = new ArrayList<>(list);
        longer.add(more);
        return longer.stream().sorted().toList();
    }

    @AfterAll
    static void allAreCaught() {
        Mutants.assertAllCaught(LexiconContract.class);
    }

    @Test
    void aRightLexiconPasses() {
        Mutants.assertPasses(contract(LexiconContractTest::right));
    }

    @Test
    void wrongAnswersAreCaught() {
        Mutants.assertCaught(contract((word, pos) -> List.of()), "knowsItsWords");
        // capitals first
        Mutants.assertCaught(but(list -> list.stream().sorted((a, b) -> b.compareTo(a)).toList()), "answersAreSorted");
        Mutants.assertCaught(but(list -> with(list, list.isEmpty() ? "" : list.get(0))), "answersAreSorted");
        Mutants.assertCaught(contract((word, pos) -> with(right(word, pos), word)), "leavesOutTheWordItself");
        Mutants.assertCaught(contract((word, pos) -> with(right(word, pos), word.toLowerCase(Locale.ROOT))), "leavesOutTheWordItself");
        Mutants.assertCaught(but(list -> list.stream().map(s -> s.replace(' ', '_')).toList()), "answersAreWords");
        Mutants.assertCaught(but(list -> with(list, " trailing ")), "answersAreWords");
        Mutants.assertCaught(but(list -> with(list, "")), "answersAreWords");
        Mutants.assertCaught(contract((word, pos) -> pos.isPresent() ? with(right(word, pos), "more") : right(word, pos)), "aWordClassChoosesAmongAll");
    }

    @Test
    void whatIsNoWordUnforeseenIsCaught() {
        Mutants.assertCaught(contract((word, pos) -> word.substring(0, 1).isEmpty() ? List.of() : right(word, pos)), "hasNothingForWhatIsNoWord");
        Mutants.assertCaught(contract((word, pos) -> right(word, pos).isEmpty() ? null : right(word, pos)), "hasNothingForWhatIsNoWord");
        Mutants.assertCaught(contract((word, pos) -> right(word, pos).isEmpty() ? List.of("thing") : right(word, pos)), "hasNothingForWhatIsNoWord");
    }

    @Test
    void memoryIsCaught() {
        String[] last = {""};
        Mutants.assertCaught(contract((word, pos) -> {
            boolean again = last[0].equals(word);
            last[0] = word;
            return again ? right(word, pos) : with(right(word, pos), "zebra");
        }), "answersTheSameAgain");
        Thread first = Thread.currentThread();
        Mutants.assertCaught(contract((word, pos) -> Thread.currentThread() == first ? right(word, pos) : List.of()), "isTheSameInSeveralThreads");
    }
}
