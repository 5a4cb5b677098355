package relata.platform.tests;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import relata.api.component.Catalogue;
import relata.api.component.Part;
import relata.api.plugin.Leases;
import relata.api.plugin.Plugins;
import relata.launcher.Installation;
import relata.launcher.LaunchException;
import relata.launcher.Platform;

/**
 * A running platform with plug-ins of its own, whose services a test can call: the packages of the API that have no tensors come to all
 * bundles from the tests' class path. Looks at the store and the folder only when told.
 */
final class Inside implements AutoCloseable {
    private static final String SHARED = "relata.api.component,relata.api.corpus,relata.api.evaluate,relata.api.view,relata.api.run,relata.api.plugin";

    private final Platform platform;

    private Inside(Platform platform) {
        this.platform = platform;
    }

    /** @param folder holds {@code plugins} and {@code etc} */
    static Inside start(Path folder, String... features) throws Exception {
        return start(folder, Map.of(), features);
    }

    static Inside start(Path folder, Map<String, String> more, String... features) throws Exception {
        Map<String, String> properties = new HashMap<>(Map.of(
                "relata.home", Tree.home().toString(), "relata.plugins", folder.resolve("plugins").toString(), "relata.etc", folder.resolve("etc").toString(), "relata.plugins.poll", "0",
                "org.osgi.framework.bootdelegation", SHARED, "org.osgi.framework.bundle.parent", "app"));
        properties.putAll(more);
        return new Inside(Platform.start(Installation.of(Tree.home(), List.of(features)), properties));
    }

    BundleContext context() {
        return platform.context();
    }

    <T> T service(Class<T> type) {
        ServiceReference<T> reference = context().getServiceReference(type);
        if (reference == null) throw new AssertionError("there is no service " + type.getName());
        T service = context().getService(reference);
        if (service == null) throw new AssertionError("the service " + type.getName() + " does not start");
        return service;
    }

    Plugins plugins() {
        return service(Plugins.class);
    }

    Leases leases() {
        return service(Leases.class);
    }

    /** The parts of a name, as {@code kind name of bundle version}. */
    List<String> parts(String name) {
        return service(Catalogue.class).parts().stream().filter((Part p) -> p.name().equals(name)).map(p -> p.kind() + " " + p.name() + " of " + p.bundle() + " " + p.version()).toList();
    }

    /** The bundles of a symbolic name that the framework has. */
    List<Bundle> bundles(String name) {
        return Stream.of(context().getBundles()).filter(b -> name.equals(b.getSymbolicName())).toList();
    }

    @Override
    public void close() throws LaunchException {
        platform.close();
    }
}
