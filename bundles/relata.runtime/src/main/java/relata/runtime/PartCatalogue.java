package relata.runtime;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import relata.api.component.Catalogue;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Kind;
import relata.api.component.Part;
import relata.api.component.Produces;
import relata.api.component.Ref;
import relata.api.component.Source;

/** The registered providers, by kind and name. */
@Component(service = {Catalogue.class, PartCatalogue.class})
public final class PartCatalogue implements Catalogue {
    private static final Logger LOG = LoggerFactory.getLogger(PartCatalogue.class);

    /** All extension points of the platform, so that an empty kind is told from a misspelt one. */
    private static final List<String> KINDS = List.of(
            "augmenter", "classifier", "command", "corpus", "encoder", "guard", "lexicon", "loss", "metric", "miner", "objective", "optimiser",
            "pairing", "parser", "projection", "sampler", "similarity", "stage", "writer");

    private record Entry(Part part, Version version, ComponentProvider<?, ?> provider) {}

    private final Map<Object, Entry> entries = new ConcurrentHashMap<>();
    private final Map<ServiceReference<ComponentProvider<?, ?>>, ComponentServiceObjects<ComponentProvider<?, ?>>> unopened = new ConcurrentHashMap<>();

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

    private synchronized Collection<Entry> entries() {
        for (ServiceReference<ComponentProvider<?, ?>> reference : List.copyOf(unopened.keySet())) {
            ComponentServiceObjects<ComponentProvider<?, ?>> objects = unopened.remove(reference);
            ComponentProvider<?, ?> provider = objects == null ? null : objects.getService();
            if (provider != null) open(reference, provider);
            else if (objects != null) LOG.warn("{} of {} does not start; 'relata doctor' says why", reference.getProperty("relata.component.name"), reference.getBundle());
        }
        return entries.values();
    }

    private void open(ServiceReference<ComponentProvider<?, ?>> reference, ComponentProvider<?, ?> provider) {
        Object name = reference.getProperty("relata.component.name");
        if (name == null) {
            LOG.warn("{} of {} has no @ComponentName and is left out", provider.getClass().getName(), reference.getBundle());
            return;
        }
        Version version = reference.getBundle() == null ? Version.emptyVersion : reference.getBundle().getVersion();
        String bundle = reference.getBundle() == null ? "" : reference.getBundle().getSymbolicName();
        add(reference, name.toString(), bundle, version, provider);
    }

    /** Adds a provider that is no OSGi service. */
    void add(Object key, String name, String bundle, Version version, ComponentProvider<?, ?> provider) {
        Class<?> kind = kindOf(provider.getClass());
        if (kind == null) {
            LOG.warn("{} does not say which kind of part it makes, and is left out: it must implement ComponentProvider<KIND, CONFIG> with both named", provider.getClass().getName());
            return;
        }
        Doc doc = provider.getClass().getAnnotation(Doc.class);
        Source source = provider.getClass().getAnnotation(Source.class);
        Produces produces = provider.getClass().getAnnotation(Produces.class);
        Part part = new Part(
                Catalogue.kind(kind), kind, name, doc == null ? "" : doc.value(), source == null ? "" : source.value(),
                produces == null ? "" : produces.value(), bundle, version.toString(), provider.configType());
        entries.put(key, new Entry(part, version, provider));
    }

    @Override
    public List<String> kinds() {
        TreeSet<String> kinds = new TreeSet<>(KINDS);
        entries().forEach(e -> kinds.add(e.part().kind()));
        return List.copyOf(kinds);
    }

    @Override
    public List<Part> parts() {
        return entries().stream()
                .sorted(Comparator.comparing((Entry e) -> e.part().kind()).thenComparing(e -> e.part().name()).thenComparing(Entry::version))
                .map(Entry::part)
                .toList();
    }

    @Override
    public Optional<Part> find(String kind, String name) {
        return entry(kind, name).map(Entry::part);
    }

    /**
     * The provider of a part; of several versions the newest.
     *
     * @throws IllegalStateException if the part is not installed
     */
    ComponentProvider<?, ?> provider(Ref<?> ref) {
        String kind = Catalogue.kind(ref.kind());
        return entry(kind, ref.name())
                .orElseThrow(() -> new IllegalStateException("the " + kind + " '" + ref.name() + "' is not installed any more"))
                .provider();
    }

    private Optional<Entry> entry(String kind, String name) {
        return entries().stream()
                .filter(e -> e.part().kind().equals(kind) && e.part().name().equals(name))
                .max(Comparator.comparing(Entry::version).thenComparing(e -> e.part().bundle()));
    }

    private static @Nullable Class<?> kindOf(Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getSuperclass())
            for (Type face : c.getGenericInterfaces())
                if (face instanceof ParameterizedType p
                        && p.getRawType() == ComponentProvider.class
                        && p.getActualTypeArguments()[0] instanceof Class<?> kind
                        && kind.isAnnotationPresent(Kind.class)) return kind;
        return null;
    }
}
