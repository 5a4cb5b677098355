package relata.corpus.sentence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import relata.api.corpus.CorpusException;
import relata.corpus.text.Line;
import relata.corpus.text.Lines;
import relata.corpus.text.SplitFile;
import relata.corpus.text.Splits;

/** One file of SemEval-2010 Task 8: blocks of a sentence, its label (not in a file without answers), a comment, an empty line. */
final class SemEvalFile {
    private static final Pattern SENTENCE = Pattern.compile("(\\d+)\\t\\s*\"(.*)\"\\s*", Pattern.DOTALL);
    private static final Pattern LABEL = Pattern.compile("(.+?)(\\(e1,e2\\)|\\(e2,e1\\))");
    static final Tags.Tag E1 = new Tags.Tag("<e1>", "</e1>");
    static final Tags.Tag E2 = new Tags.Tag("<e2>", "</e2>");

    private final String split;
    private final boolean directed;
    private final Splits splits;
    private final List<Line> block = new ArrayList<>();

    private SemEvalFile(String split, boolean directed, Splits splits) {
        this.split = split;
        this.directed = directed;
        this.splits = splits;
    }

    /** Reads a file into the splits. @return its SHA-256 */
    static String read(SplitFile file, boolean directed, Splits splits) throws IOException {
        SemEvalFile reading = new SemEvalFile(file.name(), directed, splits);
        String hash = Lines.read(file.file(), reading::take);
        reading.finish();
        return hash;
    }

    private void take(Line line) throws CorpusException {
        if (SENTENCE.matcher(line.text()).matches()) finish();
        else if (block.isEmpty() || block.size() > 2 || Character.isDigit(line.text().charAt(0)))
            throw line.error("a sentence was expected, as in: 1<tab>\"The <e1>lid</e1> of a <e2>jar</e2>.\", but found: " + shown(line));
        else if (block.size() == 2 && !line.text().startsWith("Comment"))
            throw line.error("a line that begins with 'Comment:', or the next sentence, was expected, but found: " + shown(line));
        block.add(line);
    }

    private static String shown(Line line) {
        return line.text().length() > 60 ? line.text().substring(0, line.text().offsetByCodePoints(0, Math.min(60, line.text().codePointCount(0, line.text().length())))) + "..." : line.text();
    }

    private void finish() throws CorpusException {
        if (block.isEmpty()) return;
        Line first = block.get(0);
        Matcher sentence = SENTENCE.matcher(first.text());
        if (!sentence.matches()) throw first.error("no sentence");
        Tags tags = Tags.of(first.place(), sentence.group(2), E1, E2);
        Optional<String> label = block.size() < 2 ? Optional.empty() : Optional.of(label(block.get(1)));
        splits.add(split, Question.of(sentence.group(1), tags.offsets().tokens(), Question.entity("e1", tags.offsets(), tags.head()), Question.entity("e2", tags.offsets(), tags.tail()), label,
                !label.equals(Optional.of(SemEval.NEGATIVE))), first.place());
        block.clear();
    }

    private String label(Line line) throws CorpusException {
        String text = line.text().strip();
        if (text.equals(SemEval.NEGATIVE)) return text;
        Matcher label = LABEL.matcher(text);
        if (!label.matches() || !SemEval.RELATIONS.contains(label.group(1)))
            throw line.error("the label was '" + shown(line) + "' but must be Other, or one of these followed by (e1,e2) or (e2,e1): " + String.join(", ", SemEval.RELATIONS));
        return directed ? text : label.group(1);
    }
}
