package relata.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** Runs the commands of this bundle over fakes, and keeps what they print. */
final class Shell {
    private final Services services;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    Shell(Services services) {
        this.services = services;
    }

    /** The exit code of a command. */
    int run(String... args) {
        out = new StringWriter();
        err = new StringWriter();
        return new CommandTree(entries(services), new PrintWriter(out, true), new PrintWriter(err, true)).execute(args);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    /** All commands of this bundle, as the host would collect them. */
    static List<CommandTree.Entry> entries(Services services) {
        List<CommandTree.Entry> entries = new ArrayList<>();
        entries.add(new CommandTree.Entry(new RunsListCommand(services), "runs"));
        entries.add(new CommandTree.Entry(new RunsShowCommand(services), "runs"));
        entries.add(new CommandTree.Entry(new RunsCompareCommand(services), "runs"));
        entries.add(new CommandTree.Entry(new RunsRemoveCommand(services), "runs"));
        entries.add(new CommandTree.Entry(new TryAugmenterCommand(services), "try"));
        entries.add(new CommandTree.Entry(new TryParserCommand(services), "try"));
        entries.add(new CommandTree.Entry(new TryLossCommand(services), "try"));
        entries.add(new CommandTree.Entry(new TryEncoderCommand(services), "try"));
        entries.add(new CommandTree.Entry(new CorpusStatsCommand(services), "corpus"));
        entries.add(new CommandTree.Entry(new CorpusCheckCommand(services), "corpus"));
        entries.add(new CommandTree.Entry(new CorpusConvertCommand(services), "corpus"));
        entries.add(new CommandTree.Entry(new PluginInstallCommand(services), "plugin"));
        entries.add(new CommandTree.Entry(new PluginUpdateCommand(services), "plugin"));
        entries.add(new CommandTree.Entry(new PluginRemoveCommand(services), "plugin"));
        entries.add(new CommandTree.Entry(new PluginEnableCommand(services), "plugin"));
        entries.add(new CommandTree.Entry(new PluginDisableCommand(services), "plugin"));
        entries.add(new CommandTree.Entry(new PluginListCommand(services), "plugin"));
        entries.add(new CommandTree.Entry(new PluginInfoCommand(services), "plugin"));
        entries.add(new CommandTree.Entry(new PluginVerifyCommand(services), "plugin"));
        entries.add(new CommandTree.Entry(new PluginRollbackCommand(services), "plugin"));
        entries.add(new CommandTree.Entry(new PluginHistoryCommand(services), "plugin"));
        entries.add(new CommandTree.Entry(new RunCommand(services), ""));
        entries.add(new CommandTree.Entry(new RunsCommand(), ""));
        entries.add(new CommandTree.Entry(new ListCommand(services), ""));
        entries.add(new CommandTree.Entry(new DescribeCommand(services), ""));
        entries.add(new CommandTree.Entry(new SchemaCommand(services), ""));
        entries.add(new CommandTree.Entry(new TryCommand(), ""));
        entries.add(new CommandTree.Entry(new PluginCommand(), ""));
        entries.add(new CommandTree.Entry(new FeatureCommand(), ""));
        entries.add(new CommandTree.Entry(new FeatureListCommand(services), "feature"));
        entries.add(new CommandTree.Entry(new FeatureCheckCommand(services), "feature"));
        entries.add(new CommandTree.Entry(new FeatureInstallCommand(services), "feature"));
        entries.add(new CommandTree.Entry(new FeatureRemoveCommand(services), "feature"));
        entries.add(new CommandTree.Entry(new PredictCommand(services), ""));
        entries.add(new CommandTree.Entry(new CorpusCommand(), ""));
        entries.add(new CommandTree.Entry(new BenchCommand(services), ""));
        entries.add(new CommandTree.Entry(new DoctorCommand(new Doctor(services)), ""));
        entries.add(new CommandTree.Entry(new CompletionCommand(), ""));
        entries.add(new CommandTree.Entry(new VersionCommand(), ""));
        return entries;
    }
}
