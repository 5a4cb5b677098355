package relata.corpus.biomedical;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.corpus.CorpusReader;
import relata.corpus.text.Splits;

/** Reads ChemProt as BioCreative VI gave it out; {@code docs/formats/chemprot.md} describes how. */
@Component(service = ComponentProvider.class)
@ComponentName("chemprot")
@Doc("ChemProt of BioCreative VI (TSV): each chemical and each gene of a sentence, with the relation CPR:3, 4, 5, 6 or 9, or false.")
@Source("Krallinger et al. 2017, BioCreative VI track 5")
public final class ChemProt implements ComponentProvider<CorpusReader, ChemProt.Config> {
    /** Where the data are and how to take them. */
    public record Config(
            @Doc("The folder or zip with the sets: files named ..._abstracts.tsv, ..._entities.tsv, ..._gold_standard.tsv, each set in a folder of its own or not.") Path root,
            @Doc("What offsets count: codepoint, utf16 or byte; found out for each file if left out.") Optional<OffsetUnit> unit,
            @Doc("Share of the training documents that become the split dev, if there is none.") @Default("0") @Range("[0, 1)") double dev) {}

    static final String NEGATIVE = "false";
    static final Asked ASKED = Asked.of(Set.of(new Asked.Types("CHEMICAL", "GENE-Y"), new Asked.Types("CHEMICAL", "GENE-N"), new Asked.Types("CHEMICAL", "GENE")), true);

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusReader create(Config config, Parts parts) {
        return () -> {
            Reading reading = new Reading(config.root(), config.unit());
            try (Inputs inputs = Inputs.open(config.root())) {
                ChemProtSets.read(inputs, reading);
                reading.takeDev(config.dev());
                Splits splits = reading.ask(inputs, Optional.of(ASKED), NEGATIVE, false);
                return splits.corpus(reading.name(), ChemProtSets.LABELS);
            }
        };
    }
}
