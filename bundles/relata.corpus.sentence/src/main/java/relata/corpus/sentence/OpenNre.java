package relata.corpus.sentence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Entity;
import relata.corpus.text.Json;
import relata.corpus.text.Line;
import relata.corpus.text.Lines;
import relata.corpus.text.Mark;
import relata.corpus.text.Mismatches;
import relata.corpus.text.Offsets;
import relata.corpus.text.SplitFile;
import relata.corpus.text.Splits;
import relata.corpus.text.Unit;

/** Reads OpenNRE's JSON lines: Wiki80, Wiki180, NYT10, and what others publish in this form. */
@Component(service = ComponentProvider.class)
@ComponentName("opennre")
@Doc("OpenNRE's JSON lines, such as Wiki80 and NYT10: tokens or text, head, tail and their relation.")
@Source("Han et al. 2019")
public final class OpenNre implements ComponentProvider<CorpusReader, OpenNre.Config> {
    /** The labels that mean no relation wherever OpenNRE meets them. */
    static final List<String> NEGATIVES = List.of("NA", "na", "no_relation", "Other", "Others");

    /** Where the data are and how to take them. */
    public record Config(
            @Doc("A folder with one file a split, such as wiki80_train.txt and wiki80_val.txt, or one such file.") Path root,
            @Doc("The label that means no relation; if not given: NA, na, no_relation, Other or Others, where it occurs.") Optional<String> negative,
            @Doc("Share of each label's training examples that become the split dev, if there is none.") @Default("0") @Range("[0, 1)") double dev,
            @Doc("At most this share of a file's mentions may have a name that is not what stands at their place.") @Default("0") @Range("[0, 1]") double mismatches,
            @Doc("Which file is which split, if their names do not say, as in { train: part-1.txt }.") @Default("{}") Map<String, String> files) {}

    /** An entity as it is written; the end is exclusive. */
    private record Argument(Optional<String> id, Mark mark) {}

    /** A line as it is written. */
    private static final class Raw {
        Optional<List<String>> tokens = Optional.empty();
        Optional<String> text = Optional.empty();
        Optional<Argument> head = Optional.empty();
        Optional<Argument> tail = Optional.empty();
        Optional<String> relation = Optional.empty();
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusReader create(Config config, Parts parts) {
        return () -> {
            Splits splits = new Splits(config.root(), config.negative());
            for (SplitFile file : SplitFile.of(config.root(), List.of(".txt", ".json", ".jsonl"), config.files(), "2id", "readme", "license")) {
                Mismatches mismatches = new Mismatches(config.mismatches());
                splits.input(file.input(config.root()), Lines.read(file.file(), line -> take(config, line, file, mismatches, splits)));
                mismatches.finish();
            }
            splits.checkLabels();
            splits.takeDev(config.dev());
            return corpus(config, splits);
        };
    }

    private static Corpus corpus(Config config, Splits splits) throws IOException {
        TreeSet<String> relations = new TreeSet<>(splits.relations());
        config.negative().ifPresent(relations::add);
        List<String> negatives = relations.stream().filter(r -> isNegative(config, r)).toList();
        if (negatives.size() > 1)
            throw new CorpusException(config.root().toString(), "has the labels " + String.join(" and ", negatives) + ", each of which means no relation in this format; say with 'negative' which one does");
        Corpus corpus = splits.corpus(String.valueOf(config.root().toAbsolutePath().getFileName()), List.copyOf(relations));
        return new Corpus(corpus.name(), corpus.splits(), corpus.relations(), negatives.stream().findFirst(), corpus.inputs());
    }

    private static boolean isNegative(Config config, String label) {
        return config.negative().map(label::equals).orElse(NEGATIVES.contains(label));
    }

    private static void take(Config config, Line line, SplitFile file, Mismatches mismatches, Splits splits) throws IOException {
        Raw raw = Json.read(line, OpenNre::raw);
        if (raw.tokens.isPresent() == raw.text.isPresent()) throw line.error(raw.text.isPresent() ? "has both 'token' and 'text', but one of them was expected" : "has neither 'token' nor 'text'");
        Argument head = raw.head.orElseThrow();
        Argument tail = raw.tail.orElseThrow();
        Offsets offsets = (raw.text.isPresent() ? Offsets.ofText(line.place(), raw.text.get(), Unit.CODEPOINT, List.of(head.mark, tail.mark), List.of())
                : Offsets.ofTokensWithBlanks(line.place(), raw.tokens.get())).ignoringCase();
        Entity first = Question.entity(head.id.orElse("h"), "", mismatches.mention(offsets, head.mark));
        Entity second = Question.entity(tail.id.orElse("t"), "", mismatches.mention(offsets, tail.mark));
        boolean related = raw.relation.isPresent() && !isNegative(config, raw.relation.get());
        splits.add(file.name(), Question.of(file.stem() + ":" + line.number(), offsets.tokens(), first, second, raw.relation, related), line.place());
    }

    private static Raw raw(Json json) throws IOException {
        Raw raw = new Raw();
        json.object(List.of("h", "t"), List.of("token", "text", "relation"), key -> {
            switch (key) {
                case "h" -> raw.head = Optional.of(argument(json, "h"));
                case "t" -> raw.tail = Optional.of(argument(json, "t"));
                case "token" -> raw.tokens = Optional.of(json.array(json::text));
                case "text" -> raw.text = Optional.of(json.text());
                default -> raw.relation = Optional.of(json.word());
            }
        });
        return raw;
    }

    private static Argument argument(Json json, String name) throws IOException {
        int[] pos = new int[2];
        String[] words = new String[2];
        json.object(List.of("pos"), List.of("name", "id"), key -> {
            switch (key) {
                case "pos" -> System.arraycopy(json.two("[start, end]"), 0, pos, 0, 2);
                case "name" -> words[0] = json.text();
                default -> words[1] = json.isNumber() ? String.valueOf(json.number()) : json.text();
            }
        });
        return new Argument(Optional.ofNullable(words[1]).filter(id -> !id.isBlank()), Mark.of(name, pos[0], pos[1], Optional.ofNullable(words[0])));
    }
}
