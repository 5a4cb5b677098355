package relata.plugins;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;
import relata.api.component.Catalogue;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.run.Checkpoints;
import relata.api.run.Command;
import relata.api.run.RunListener;

/** Starts a plug-in and makes each of its parts once, before anything else sees them. */
final class Probe {
    private static final String NAME = "relata.component.name";
    private static final String API = "relata.api.";
    /** How Declarative Services begins to say that a class has none that it may call. */
    private static final String NO_CONSTRUCTOR = InstantiationException.class.getName() + ": Constructor not found";
    private static final String HOOKS = "org.osgi.framework.hooks.";
    /** What plug-ins may offer besides parts. */
    private static final Set<String> OPEN = Set.of(ComponentProvider.class.getName(), Command.class.getName(), RunListener.class.getName(), Checkpoints.class.getName());

    private final BundleContext context;
    private final ServiceComponentRuntime components;
    private final Duration limit;

    Probe(BundleContext context, ServiceComponentRuntime components, Duration limit) {
        this.context = context;
        this.components = components;
        this.limit = limit;
    }

    /** Starts it. @throws Limited.Failed if its activator throws or takes too long */
    void start(Bundle bundle) throws Limited.Failed {
        Limited.call("its activator", limit, () -> {
            bundle.start();
            return true;
        }, () -> uninstall(bundle));
    }

    /** Its parts as {@code kind name}. @param problems gets a sentence for each that cannot be made */
    List<String> parts(Bundle bundle, List<String> problems) {
        List<String> parts = new ArrayList<>();
        for (ServiceReference<?> reference : Objects.requireNonNullElse(bundle.getRegisteredServices(), new ServiceReference<?>[0])) {
            List<String> offered = List.of((String[]) reference.getProperty(Constants.OBJECTCLASS));
            offered.stream().filter(o -> isThePlatforms(o, reference)).forEach(o -> problems.add("it offers the service " + o + ", which only the platform offers: leave it out"));
            if (!offered.contains(ComponentProvider.class.getName())) continue;
            Object name = reference.getProperty(NAME);
            if (name == null) {
                problems.add("one of its parts has no name; put @" + ComponentName.class.getSimpleName() + " on " + reference.getProperty("component.name"));
                continue;
            }
            try {
                parts.add(Limited.call("making its part '" + name + "'", limit, () -> kind(reference), () -> {}) + " " + name);
            } catch (Limited.Failed e) {
                problems.add(e.getMessage() + (e.late() ? ". Parts must be made quickly: open what is heavy at first use" : ""));
            }
        }
        problems.addAll(waiting(bundle));
        parts.sort(null);
        return parts;
    }

    /** One that took the place of a service of the platform could answer for it. */
    private static boolean isThePlatforms(String service, ServiceReference<?> reference) {
        return service.startsWith(API) && !OPEN.contains(service) || service.startsWith(HOOKS) || reference.getProperty("relata.cli") != null;
    }

    private String kind(ServiceReference<?> reference) {
        Object provider = context.getService(reference);
        if (provider == null) throw new Limited.Said(failure(reference));
        try {
            if (!(provider instanceof ComponentProvider<?, ?> made)) throw new Limited.Said(provider.getClass().getName() + " is built against another copy of the API");
            Class<?> config = made.configType();
            if (config == null || !config.isRecord()) throw new Limited.Said("configType() of " + provider.getClass().getName() + " must give a record but gave " + config);
            return Catalogue.kind(Catalogue.made(provider.getClass()).orElseThrow(() -> new Limited.Said(
                    provider.getClass().getName() + " does not say which kind of part it makes; it must implement ComponentProvider<KIND, CONFIG> with both named")));
        } finally {
            context.ungetService(reference);
        }
    }

    /** Why Declarative Services could not make a component. */
    private String failure(ServiceReference<?> reference) {
        for (ComponentDescriptionDTO description : components.getComponentDescriptionDTOs(reference.getBundle()))
            for (ComponentConfigurationDTO configuration : components.getComponentConfigurationDTOs(description))
                if (Objects.equals(configuration.properties.get("component.id"), reference.getProperty("component.id")))
                    return configuration.failure != null ? cause(configuration.failure, description.implementationClass) : unloadable(reference.getBundle(), description.implementationClass);
        return "its class cannot be made";
    }

    /** Of a class that does not come as far as its constructor, Declarative Services says nothing. */
    private static String unloadable(Bundle bundle, String type) {
        try {
            bundle.loadClass(type);
            return "its class " + type + " cannot be made";
        } catch (ClassNotFoundException e) {
            return "there is no class " + type + " in it, though its component file says so: build it anew";
        } catch (LinkageError e) {
            return "its class " + type + " cannot be loaded: " + e;
        }
    }

    /** The innermost cause in a printed stack trace. @param type the component's class */
    private static String cause(String trace, String type) {
        if (trace.startsWith(NO_CONSTRUCTOR)) return "its class " + type + " needs a public constructor, without parameters or with @Activate";
        Optional<String> last = trace.lines().filter(l -> l.startsWith("Caused by: ")).reduce((a, b) -> b).map(l -> l.substring("Caused by: ".length()));
        return last.orElseGet(() -> trace.lines().findFirst().orElse("no reason given"));
    }

    private List<String> waiting(Bundle bundle) {
        List<String> waiting = new ArrayList<>();
        for (ComponentDescriptionDTO description : components.getComponentDescriptionDTOs(bundle))
            for (ComponentConfigurationDTO configuration : components.getComponentConfigurationDTOs(description))
                for (UnsatisfiedReferenceDTO unsatisfied : configuration.unsatisfiedReferences)
                    waiting.add("its component " + description.name + " waits for a service that no bundle here offers: " + Arrays.stream(description.references)
                            .filter(r -> r.name.equals(unsatisfied.name)).map(r -> r.interfaceName).findFirst().orElse(unsatisfied.name));
        return waiting;
    }

    static void uninstall(Bundle bundle) {
        try {
            if (bundle.getState() != Bundle.UNINSTALLED) bundle.uninstall();
        } catch (BundleException | IllegalStateException e) {
            // its own stop method failed: it is uninstalled all the same
        }
    }
}
