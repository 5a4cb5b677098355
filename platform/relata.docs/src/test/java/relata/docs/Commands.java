package relata.docs;

import java.lang.reflect.Constructor;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;

/** The tree of commands as the command line has it, to parse by and to print the help of; nothing is run. */
final class Commands {
    private Commands() {}

    /** A new tree: picocli keeps what it parsed. */
    static CommandLine tree() {
        return tree(false);
    }

    /** As {@link #tree()}. @param connect true: what the command line has after {@code --connect} */
    static CommandLine tree(boolean connect) {
        try {
            CommandLine root = new CommandLine(Class.forName("relata.cli.CommandTree$Root"), Commands::make);
            Map<String, CommandLine> top = new TreeMap<>();
            List<InstalledParts.CommandClass> sorted = InstalledParts.commands(connect).stream().sorted(Comparator.comparing((InstalledParts.CommandClass c) -> !c.parent().isEmpty())).toList();
            for (InstalledParts.CommandClass c : sorted) {
                CommandLine line = new CommandLine(c.type(), Commands::make);
                if (c.parent().isEmpty()) top.put(line.getCommandName(), line);
                else top.computeIfAbsent(c.parent(), name -> new CommandLine(CommandLine.Model.CommandSpec.create().name(name))).addSubcommand(line);
            }
            top.forEach(root::addSubcommand);
            return root.setCaseInsensitiveEnumValuesAllowed(true).setUsageHelpAutoWidth(false);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Commands are made without the services that they would ask. */
    private static <K> K make(Class<K> type) throws Exception {
        if (type.isInterface() || type.getPackageName().startsWith("java.")) return CommandLine.defaultFactory().create(type);
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            constructor.setAccessible(true);
            return type.cast(constructor.newInstance(new Object[constructor.getParameterCount()]));
        }
        throw new NoSuchMethodException(type + " has no constructor");
    }
}
