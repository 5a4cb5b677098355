package relata.corpus.wordnet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import relata.api.corpus.Span;

/** Finds the nouns of a definition: the longest runs of tokens that are noun lemmas, in the singular or the plural. */
final class Terms {
    private static final String[][] PLURALS = {{"s", ""}, {"ses", "s"}, {"xes", "x"}, {"zes", "z"}, {"ches", "ch"}, {"shes", "sh"}, {"men", "man"}, {"ies", "y"}};
    /** Closed-class words, and words that definitions are made of, which WordNet lists as nouns too. */
    private static final Set<String> NOT_NOUNS = Set.of(("the and for was has his her hers its our are had have will can may might must does did one two three first second last"
            + " other others some any all both each few many more most less least much several such same own being having during including according following etc used using"
            + " made like well out over down off not only while then there here now what which that this these those when where why how than with without into onto"
            + " living making bearing holding growing lacking belonging relating pertaining resembling").split(" "));

    private final Synsets synsets;
    /** For the first token of each lemma: the number of tokens of the longest lemma that begins so. */
    private final Map<String, Integer> longest = new HashMap<>();

    Terms(Synsets synsets) {
        this.synsets = synsets;
        for (String lemma : synsets.lemmas()) {
            int space = lemma.indexOf(' ');
            if (space > 0) longest.merge(lemma.substring(0, space), (int) lemma.chars().filter(c -> c == ' ').count() + 1, Math::max);
        }
    }

    /**
     * A noun found.
     *
     * @param span its tokens
     * @param lemmas the lemmas that it may stand for, the form in the text first
     */
    record Term(Span span, List<String> lemmas) {}

    /** The nouns, left to right, not overlapping. A word that is an adjective too and stands right before a noun is no noun there. */
    List<Term> in(List<String> tokens) {
        List<Term> terms = new ArrayList<>();
        for (int start = 0; start < tokens.size(); ) {
            Optional<Term> found = at(tokens, start);
            found.ifPresent(terms::add);
            start = found.map(t -> t.span().end()).orElse(start + 1);
        }
        List<Term> nouns = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            Term term = terms.get(i);
            boolean before = i + 1 < terms.size() && terms.get(i + 1).span().start() == term.span().end();
            if (!before || !synsets.adjective(term.lemmas().get(0))) nouns.add(term);
        }
        return nouns;
    }

    private Optional<Term> at(List<String> tokens, int start) {
        int most = Math.min(longest.getOrDefault(tokens.get(start), 1), tokens.size() - start);
        for (int length = most; length > 0; length--) {
            List<String> lemmas = lemmas(length == 1 ? tokens.get(start) : String.join(" ", tokens.subList(start, start + length)), length == 1);
            if (!lemmas.isEmpty()) return Optional.of(new Term(new Span(start, start + length), lemmas));
        }
        return Optional.empty();
    }

    private List<String> lemmas(String text, boolean single) {
        if (text.length() < 3 || !Character.isLetter(text.charAt(0)) || NOT_NOUNS.contains(text)) return List.of();
        Set<String> forms = new LinkedHashSet<>();
        forms.add(text);
        forms.addAll(synsets.singulars(text));
        for (String[] plural : PLURALS) if (text.endsWith(plural[0])) forms.add(text.substring(0, text.length() - plural[0].length()) + plural[1]);
        forms.removeIf(form -> form.length() < 3 || !synsets.lemmas().contains(form) || single && !synsets.mostlyNoun(form));
        return List.copyOf(forms);
    }
}
