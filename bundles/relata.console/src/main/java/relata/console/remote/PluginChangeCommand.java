package relata.console.remote;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import relata.api.run.Command;

/** Changes of a server's plug-ins. */
public abstract class PluginChangeCommand implements Command, Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        JsonObject change = change(Server.of(spec));
        PrintWriter out = spec.commandLine().getOut();
        out.println("Change " + change.get("generation").getAsInt() + " (" + change.get("action").getAsString() + "). Installed now:");
        if (change.getAsJsonArray("plugins").isEmpty()) out.println("  nothing");
        for (JsonElement plugin : change.getAsJsonArray("plugins")) out.println("  " + plugin.getAsString());
        for (JsonElement remark : change.getAsJsonArray("remarks")) out.println(remark.getAsString());
        out.flush();
        return 0;
    }

    /** Asks for it. */
    abstract JsonObject change(Server server) throws Exception;

    private static JsonObject send(Server server, String method, String path) throws Exception {
        return server.send(method, path, "", InputStream.nullInputStream());
    }

    private static JsonObject upload(Server server, Path jar, String query) throws Exception {
        try (InputStream in = Files.newInputStream(jar)) {
            return server.send("POST", "/plugins" + query, "application/java-archive", in);
        }
    }

    /** Installs one. */
    @Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = {"relata.command.parent=plugin", "relata.command.connect=true"})
    @picocli.CommandLine.Command(name = "install", mixinStandardHelpOptions = true, description = "Install a plug-in on the server, which must take uploads ('relata serve --uploads').")
    public static final class Install extends PluginChangeCommand {
        @Parameters(index = "0", paramLabel = "JAR", description = "The plug-in's jar, on this machine.")
        private Path jar = Path.of("");

        @Override
        JsonObject change(Server server) throws Exception {
            return upload(server, jar, "");
        }
    }

    /** Replaces one. */
    @Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = {"relata.command.parent=plugin", "relata.command.connect=true"})
    @picocli.CommandLine.Command(name = "update", mixinStandardHelpOptions = true, description = "Replace a plug-in of the server by another version, which is uploaded.")
    public static final class Update extends PluginChangeCommand {
        @Parameters(index = "0", paramLabel = "JAR", description = "The plug-in's jar, on this machine.")
        private Path jar = Path.of("");

        @Override
        JsonObject change(Server server) throws Exception {
            return upload(server, jar, "?update=true");
        }
    }

    /** Removes one. */
    @Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = {"relata.command.parent=plugin", "relata.command.connect=true"})
    @picocli.CommandLine.Command(name = "remove", mixinStandardHelpOptions = true, description = "Remove a plug-in of the server.")
    public static final class Remove extends PluginChangeCommand {
        @Parameters(index = "0", paramLabel = "NAME", description = "The plug-in's name.")
        private String name = "";

        @Override
        JsonObject change(Server server) throws Exception {
            return send(server, "DELETE", "/plugins/" + Server.word(name));
        }
    }

    /** Goes back. */
    @Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = {"relata.command.parent=plugin", "relata.command.connect=true"})
    @picocli.CommandLine.Command(name = "rollback", mixinStandardHelpOptions = true, description = "Go back to the server's plug-ins before the last change, or to an earlier change.")
    public static final class Rollback extends PluginChangeCommand {
        @Option(names = "--to", paramLabel = "CHANGE", defaultValue = "-1", description = "The change whose outcome to go back to.")
        private int to = -1;

        @Override
        JsonObject change(Server server) throws Exception {
            return server.post("/plugins/rollback", Map.of("generation", to));
        }
    }
}
