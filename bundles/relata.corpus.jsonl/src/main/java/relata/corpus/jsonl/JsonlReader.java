package relata.corpus.jsonl;

import java.nio.file.Path;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.corpus.CorpusReader;
import relata.corpus.text.Unseen;

/** Reads Relata's own format: one example a line, as {@code docs/formats/jsonl.md} describes it. */
@Component(service = ComponentProvider.class)
@ComponentName("jsonl")
@Doc("Your own data: JSON lines, one passage with its entities and relations a line.")
@Source("")
public final class JsonlReader implements ComponentProvider<CorpusReader, JsonlReader.Config> {
    /** Where the data are and how to take them. */
    public record Config(
            @Doc("A folder with train.jsonl, test.jsonl and so on, one file a split; or a single .jsonl file.") Path root,
            @Doc("The label that means no relation; asked pairs without a relation get it.") Optional<String> negative,
            @Doc("Share of each relation's training examples that become the split dev, if there is none.") @Default("0") @Range("[0, 1)") double dev,
            @Doc("What to do with a label of another split that train does not have: error, drop its pairs, or keep it.") @Default("error") Unseen unseen) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusReader create(Config config, Parts parts) {
        return () -> new JsonlFiles(config).read();
    }
}
