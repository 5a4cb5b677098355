package relata.runtime;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Version;
import relata.api.component.Catalogue;
import relata.api.component.ComponentProvider;
import relata.api.component.Part;
import relata.api.component.Ref;

/** The providers of one moment: what a run begins with it keeps, whatever is installed meanwhile. */
final class Providers {
    private static final Comparator<Entry> AGE = Comparator.comparing(Entry::version).thenComparing(e -> e.part().bundle()).thenComparing(Entry::bundle);

    /** A provider. @param bundle the number of its bundle */
    record Entry(Part part, Version version, long bundle, ComponentProvider<?, ?> provider) {}

    private final List<Entry> entries;

    Providers(List<Entry> entries) {
        this.entries = entries.stream().sorted(Comparator.comparing((Entry e) -> e.part().kind()).thenComparing(e -> e.part().name()).thenComparing(AGE)).toList();
    }

    /** All parts, sorted by kind and name. */
    List<Part> parts() {
        return entries.stream().map(Entry::part).toList();
    }

    /** The part of that kind and name; of several versions the newest. */
    Optional<Part> find(String kind, String name) {
        return named(kind, name).stream().max(AGE).map(Entry::part);
    }

    private List<Entry> named(String kind, String name) {
        return entries.stream().filter(e -> e.part().kind().equals(kind) && e.part().name().equals(name)).toList();
    }

    /**
     * The provider that a reference was read for.
     *
     * @throws IllegalStateException if the part is not installed, or has been replaced since the reference was read
     */
    ComponentProvider<?, ?> provider(Ref<?> ref) {
        return entry(ref).provider();
    }

    /** The part that a reference was read for, if it is here. */
    Optional<Entry> known(Ref<?> ref) {
        return named(Catalogue.kind(ref.kind()), ref.name()).stream().filter(e -> e.part().config() == ref.config().getClass()).max(AGE);
    }

    /** As {@link #provider}, with the part and its bundle. */
    Entry entry(Ref<?> ref) {
        String kind = Catalogue.kind(ref.kind());
        List<Entry> named = named(kind, ref.name());
        Entry newest = named.stream().max(AGE).orElseThrow(() -> new IllegalStateException("the " + kind + " '" + ref.name() + "' is not installed any more"));
        return known(ref).orElseThrow(() -> new IllegalStateException(
                "the " + kind + " '" + ref.name() + "' was replaced by that of " + newest.part().bundle() + " " + newest.version() + " after the recipe was read. Start the run again"));
    }

    /** Whether a bundle is among those of the providers. */
    boolean has(long bundle) {
        return entries.stream().anyMatch(e -> e.bundle() == bundle);
    }
}
