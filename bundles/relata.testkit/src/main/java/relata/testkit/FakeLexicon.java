package relata.testkit;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.view.Lexicon;
import relata.api.view.PartOfSpeech;

/**
 * {@code { use: fake }}: a lexicon with three synonyms for every word of letters, one of them of two words: {@code word} gives
 * {@code pseudo word, word-noun, wordish}, the class that was asked for in the place of {@code noun} ({@code any} if none was).
 */
@ComponentName("fake")
@Doc("Invents synonyms")
@Source("")
public final class FakeLexicon implements ComponentProvider<Lexicon, FakeLexicon.Config> {
    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Lexicon create(Config config, Parts parts) {
        return FakeLexicon::synonyms;
    }

    private static List<String> synonyms(String word, Optional<PartOfSpeech> pos) {
        if (!word.chars().allMatch(Character::isLetter)) return List.of();
        String asked = pos.map(p -> p.name().toLowerCase(Locale.ROOT)).orElse("any");
        return Stream.of("pseudo " + word, word + "-" + asked, word + "ish").sorted().toList();
    }
}
