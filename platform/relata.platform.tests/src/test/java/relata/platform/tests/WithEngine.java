package relata.platform.tests;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one platform with an engine that their process can have: a native library is loaded by one class loader, once. It lives until the last test is over. */
final class WithEngine implements ParameterResolver {
    private record Shared(Path folder, Inside inside) implements ExtensionContext.Store.CloseableResource {
        static Shared start() {
            try {
                Path folder = Files.createTempDirectory("relata-with-engine-");
                Files.createDirectories(folder.resolve("etc"));
                Files.writeString(folder.resolve("etc/plugins.properties"), "trust=off\n");
                return new Shared(folder, Inside.start(folder, "core", "clre", "text", "engine-cpu", "model-minilm"));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws Exception {
            inside.close();
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Inside.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).getOrComputeIfAbsent(WithEngine.class, type -> Shared.start(), Shared.class).inside();
    }
}
