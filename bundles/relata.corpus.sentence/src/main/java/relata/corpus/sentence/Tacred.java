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
import relata.api.corpus.CorpusException;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Entity;
import relata.corpus.text.Json;
import relata.corpus.text.Mark;
import relata.corpus.text.Offsets;
import relata.corpus.text.Place;
import relata.corpus.text.SplitFile;
import relata.corpus.text.Splits;

/** Reads TACRED, TACRED Revisited and Re-TACRED: JSON arrays of sentences with a subject and an object. */
@Component(service = ComponentProvider.class)
@ComponentName("tacred")
@Doc("TACRED and its corrected versions: JSON arrays of tokens with a subject, an object and their relation.")
@Source("Zhang et al. 2017; Alt et al. 2020; Stoica et al. 2021")
public final class Tacred implements ComponentProvider<CorpusReader, Tacred.Config> {
    private static final List<String> NEEDED = List.of("token", "subj_start", "subj_end", "obj_start", "obj_end");
    private static final List<String> OTHERS = List.of("id", "relation", "subj_type", "obj_type");
    static final Map<String, String> BRACKETS = Map.of("-LRB-", "(", "-RRB-", ")", "-LSB-", "[", "-RSB-", "]", "-LCB-", "{", "-RCB-", "}");

    /** Where the data are and how to take them. */
    public record Config(
            @Doc("The folder that holds train.json, dev.json and test.json, or one such file.") Path root,
            @Doc("The label that means no relation.") @Default("no_relation") String negative,
            @Doc("Write the Penn Treebank's -LRB-, -RRB- and so on as the brackets that they stand for.") @Default("true") boolean brackets,
            @Doc("Share of each label's training examples that become the split dev, if there is none.") @Default("0") @Range("[0, 1)") double dev,
            @Doc("Which file is which split, if their names do not say, as in { test: test_rev.json }.") @Default("{}") Map<String, String> files) {}

    /** A sentence as it is written; the ends are inclusive. */
    private static final class Raw {
        List<String> tokens = List.of();
        final int[] subject = new int[2];
        final int[] object = new int[2];
        String subjectType = "";
        String objectType = "";
        Optional<String> id = Optional.empty();
        Optional<String> relation = Optional.empty();
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusReader create(Config config, Parts parts) {
        return () -> {
            Splits splits = new Splits(config.root(), Optional.of(config.negative()));
            for (SplitFile file : SplitFile.of(config.root(), List.of(".json"), config.files(), "2id", "label", "vocab")) take(config, file, splits);
            splits.checkLabels();
            splits.takeDev(config.dev());
            TreeSet<String> relations = new TreeSet<>(splits.relations());
            relations.add(config.negative());
            return splits.corpus("tacred", List.copyOf(relations));
        };
    }

    private static void take(Config config, SplitFile file, Splits splits) throws IOException {
        int read = Json.read(file.file(), hash -> splits.input(file.input(config.root()), hash), json -> json.array(() -> {
            Place at = json.here();
            Raw raw = raw(json);
            String id = raw.id.orElse(file.stem() + at.within());
            if (config.brackets()) raw.tokens.replaceAll(t -> BRACKETS.getOrDefault(t, t));
            Offsets offsets = Offsets.ofTokensWithBlanks(at, raw.tokens);
            Entity subject = Question.entity("subj", raw.subjectType, offsets.mention(mark(at, "subj", raw.subject)));
            Entity object = Question.entity("obj", raw.objectType, offsets.mention(mark(at, "obj", raw.object)));
            splits.add(file.name(), Question.of(id, offsets.tokens(), subject, object, raw.relation, !raw.relation.equals(Optional.of(config.negative()))), at);
            return id;
        })).size();
        if (read == 0) throw new CorpusException(file.file(), 1, "the array is empty, but at least one sentence was expected");
    }

    private static Mark mark(Place at, String name, int[] span) throws CorpusException {
        if (span[0] < 0 || span[1] < span[0] || span[1] == Integer.MAX_VALUE) throw at.error(name + "_start is " + span[0] + " and " + name + "_end is " + span[1] + ", but tokens are counted from 0, and the end is inclusive");
        return Mark.of(name + " (tokens " + span[0] + " to " + span[1] + ", both inclusive)", span[0], span[1] + 1, Optional.empty());
    }

    private static Raw raw(Json json) throws IOException {
        Raw raw = new Raw();
        json.object(NEEDED, OTHERS, key -> {
            switch (key) {
                case "token" -> raw.tokens = json.array(json::text);
                case "subj_start" -> raw.subject[0] = json.number();
                case "subj_end" -> raw.subject[1] = json.number();
                case "obj_start" -> raw.object[0] = json.number();
                case "obj_end" -> raw.object[1] = json.number();
                case "subj_type" -> raw.subjectType = json.text();
                case "obj_type" -> raw.objectType = json.text();
                case "id" -> raw.id = Optional.of(json.word());
                default -> raw.relation = Optional.of(json.word());
            }
        });
        return raw;
    }
}
