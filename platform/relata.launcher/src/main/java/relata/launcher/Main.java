package relata.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The program: {@code relata [--features A,B] COMMAND ...}. The exit code is the command's; 2 if the launcher's own options are wrong,
 * 3 if the platform cannot be started.
 */
public final class Main {
    private static final int WRONG_USE = 2;
    private static final int NO_PLATFORM = 3;

    private Main() {}

    /** Starts the platform, runs one command and ends the process. */
    public static void main(String[] args) {
        boolean debug = Arrays.asList(args).contains("--debug");
        if (debug) System.setProperty("relata.debug", "true");
        int code;
        try {
            code = run(new ArrayList<>(List.of(args)));
        } catch (LaunchException e) {
            System.err.println("relata: " + e.getMessage());
            code = NO_PLATFORM;
        } catch (RuntimeException e) {
            System.err.println("relata: something went wrong inside: " + e + (debug ? "" : "\n        --debug shows where"));
            if (debug) e.printStackTrace();
            code = NO_PLATFORM;
        }
        System.out.flush();
        System.err.flush();
        // native threads of an engine would keep the process alive
        Runtime.getRuntime().halt(code);
    }

    private static int run(List<String> args) throws LaunchException {
        Timing timing = new Timing(System.getenv("RELATA_TIMES") != null);
        timing.mark("launcher begins");
        String features = System.getenv().getOrDefault("RELATA_FEATURES", "relata");
        if (!args.isEmpty() && args.get(0).startsWith("--features")) {
            String option = args.remove(0);
            if (option.startsWith("--features=")) features = option.substring("--features=".length());
            else if (option.equals("--features") && !args.isEmpty()) features = args.remove(0);
            else {
                System.err.println("relata: --features needs names, e.g. --features core,text");
                return WRONG_USE;
            }
        }
        Path home = Path.of(System.getProperty("relata.home", ".")).toAbsolutePath().normalize();
        if (!Files.isDirectory(home.resolve("features"))) throw new LaunchException(home + " is no Relata distribution: it has no folder 'features'");
        Installation installation = Installation.of(home, Arrays.stream(features.split(",")).map(String::trim).filter(f -> !f.isEmpty()).toList());
        timing.mark("features read");
        try (Platform platform = Platform.start(installation, properties(home, installation), timing)) {
            var commandLine = platform.commandLine();
            timing.mark("command line ready");
            int code = commandLine.applyAsInt(args.toArray(String[]::new));
            timing.mark("command done");
            return code;
        }
    }

    private static Map<String, String> properties(Path home, Installation installation) {
        Map<String, String> properties = new HashMap<>();
        System.getProperties().forEach((key, value) -> {
            String name = key.toString();
            if (name.startsWith("relata.") || name.startsWith("felix.") || name.startsWith("org.osgi.") || name.startsWith("ds.")) properties.put(name, value.toString());
        });
        properties.put("relata.home", home.toString());
        properties.put("relata.features", String.join(",", installation.features()));
        return properties;
    }
}
