package relata.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusWriter;
import relata.api.run.Command;

/** Writes a corpus in another format. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.parent=corpus")
@picocli.CommandLine.Command(name = "convert", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Write a corpus in another format. What is written is read again and compared: a corpus that the format cannot hold wholly is refused, unless --lossy allows to lose something, which is then told.",
        footer = {"", "Examples:", "  relata corpus convert wordnet --to jsonl --out wordnet-lines",
            "  relata corpus convert jsonl --with root=data --to bioc --with-to form=json --out data-bioc --lossy"})
public final class CorpusConvertCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "READER|RECIPE", description = "A corpus reader ('relata list corpus'), or a recipe, whose corpus is meant.")
    private String name = "";

    @Option(names = "--with", paramLabel = "KEY=VALUE", description = "A setting of the reader, e.g. root=data; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--to", required = true, paramLabel = "WRITER", description = "A corpus writer ('relata list writer'): the format.")
    private String writer = "";

    @Option(names = "--with-to", paramLabel = "KEY=VALUE", description = "A setting of the writer; may be repeated.")
    private Map<String, String> writerSettings = new LinkedHashMap<>();

    @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "Where to: a new folder, or an empty one.")
    private Path folder = Path.of("");

    @Option(names = "--lossy", description = "Leave out what the format cannot hold, and tell what that is, instead of stopping.")
    private boolean lossy;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** With the platform's services. */
    @Activate
    public CorpusConvertCommand(@Reference Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Exception {
        Inputs inputs = new Inputs(services);
        CorpusWriter to = inputs.writer(writer, writerSettings);
        Corpus corpus = NamedCorpus.read(services, name, settings);
        Lost lost = new Lost(lossy);
        Map<String, Object> again = to.write(corpus, folder, lost);
        Map<String, String> texts = new LinkedHashMap<>(Map.of("root", Inputs.quoted(folder.toAbsolutePath())));
        again.forEach((key, value) -> texts.put(key, Output.line(value)));
        Corpus back = inputs.reader(writer, texts).read();
        Conversion conversion = new Conversion(CorpusStatistics.of(corpus), CorpusStatistics.of(back), lost.counts(), Conversion.command(writer, folder, again));
        PrintWriter out = spec.commandLine().getOut();
        if (json) out.println(Output.page(conversion));
        else conversion.print(writer, folder, out);
        out.flush();
        return 0;
    }
}
