package relata.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import relata.api.component.Catalogue;
import relata.api.component.ComponentProvider;
import relata.api.component.ContractResult;
import relata.api.component.Doc;
import relata.api.component.Part;
import relata.api.component.Produces;
import relata.api.component.Source;
import relata.api.plugin.Leases;

/** The registered providers, by kind and name. */
@Component(service = {Catalogue.class, PartCatalogue.class})
public final class PartCatalogue implements Catalogue {
    private static final Logger LOG = LoggerFactory.getLogger(PartCatalogue.class);

    /** All extension points of the platform, so that an empty kind is told from a misspelt one. */
    private static final List<String> KINDS = List.of(
            "augmenter", "classifier", "command", "corpus", "encoder", "guard", "lexicon", "loss", "metric", "miner", "objective", "optimiser",
            "pairing", "parser", "projection", "sampler", "similarity", "stage", "writer");

    private final Leases leases;
    private final Map<Object, Providers.Entry> entries = new ConcurrentHashMap<>();
    private final Map<ServiceReference<ComponentProvider<?, ?>>, ComponentServiceObjects<ComponentProvider<?, ?>>> unopened = new ConcurrentHashMap<>();

    @Activate
    public PartCatalogue(@Reference Leases leases) {
        this.leases = leases;
    }

    // opened at the first question, not here: stages need the reader of recipes, which needs this catalogue
    @Reference(
            service = ComponentProvider.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "remove")
    void add(ServiceReference<ComponentProvider<?, ?>> reference, ComponentServiceObjects<ComponentProvider<?, ?>> provider) {
        unopened.put(reference, provider);
    }

    void remove(ServiceReference<ComponentProvider<?, ?>> reference) {
        unopened.remove(reference);
        entries.remove(reference);
    }

    /** The providers that new work may use now. */
    Providers now() {
        open();
        return new Providers(entries.values().stream().filter(e -> leases.admitted(e.bundle())).toList());
    }

    /** Also those that only work which began with them uses: what was read for one of them is made by it, as long as it is there. */
    Providers all() {
        open();
        return new Providers(List.copyOf(entries.values()));
    }

    private synchronized void open() {
        for (ServiceReference<ComponentProvider<?, ?>> reference : List.copyOf(unopened.keySet())) {
            // a plug-in that is being tried out may hang or fail: it is not touched before it has passed
            if (reference.getBundle() != null && !leases.admitted(reference.getBundle().getBundleId())) continue;
            ComponentServiceObjects<ComponentProvider<?, ?>> objects = unopened.remove(reference);
            ComponentProvider<?, ?> provider = objects == null ? null : objects.getService();
            if (provider != null) openSafely(reference, provider);
            else if (objects != null) LOG.warn("{} of {} does not start; 'relata doctor' says why", reference.getProperty("relata.component.name"), reference.getBundle());
        }
    }

    /** One that fails where it did not when it was tried out is no reason for all others to be missing. */
    private void openSafely(ServiceReference<ComponentProvider<?, ?>> reference, ComponentProvider<?, ?> provider) {
        try {
            open(reference, provider);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("{} of {} is left out: {}", reference.getProperty("relata.component.name"), reference.getBundle(), Words.of(e));
        }
    }

    private void open(ServiceReference<ComponentProvider<?, ?>> reference, ComponentProvider<?, ?> provider) {
        Object name = reference.getProperty("relata.component.name");
        if (name == null) {
            LOG.warn("{} of {} has no @ComponentName and is left out", provider.getClass().getName(), reference.getBundle());
            return;
        }
        Bundle bundle = reference.getBundle();
        if (bundle != null) add(reference, name.toString(), bundle.getSymbolicName(), bundle.getVersion(), bundle.getBundleId(), provider);
    }

    /** Adds a provider that is no OSGi service. */
    void add(Object key, String name, String bundle, Version version, ComponentProvider<?, ?> provider) {
        add(key, name, bundle, version, 0, provider);
    }

    private void add(Object key, String name, String bundle, Version version, long id, ComponentProvider<?, ?> provider) {
        Optional<Class<?>> kind = Catalogue.made(provider.getClass());
        if (kind.isEmpty()) {
            LOG.warn("{} does not say which kind of part it makes, and is left out: it must implement ComponentProvider<KIND, CONFIG> with both named", provider.getClass().getName());
            return;
        }
        Doc doc = provider.getClass().getAnnotation(Doc.class);
        Source source = provider.getClass().getAnnotation(Source.class);
        Produces produces = provider.getClass().getAnnotation(Produces.class);
        Part part = new Part(
                Catalogue.kind(kind.get()), kind.get(), name, doc == null ? "" : doc.value(), source == null ? "" : source.value(),
                produces == null ? "" : produces.value(), bundle, version.toString(), provider.configType());
        entries.put(key, new Providers.Entry(part, version, id, provider));
    }

    @Override
    public List<String> kinds() {
        TreeSet<String> kinds = new TreeSet<>(KINDS);
        parts().forEach(p -> kinds.add(p.kind()));
        return List.copyOf(kinds);
    }

    @Override
    public List<Part> parts() {
        return now().parts();
    }

    @Override
    public Optional<ContractResult> contract(Part part) {
        for (Providers.Entry entry : entries.values()) {
            if (!entry.part().equals(part)) continue;
            Class<?> provider = entry.provider().getClass();
            Bundle bundle = FrameworkUtil.getBundle(provider);
            if (bundle != null) return BundleContracts.of(bundle, part, provider);
        }
        return Optional.empty();
    }

    @Override
    public Optional<Part> find(String kind, String name) {
        return now().find(kind, name);
    }
}
