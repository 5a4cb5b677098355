package relata.plugins;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import relata.api.component.Catalogue;
import relata.api.component.Part;

/** What a plug-in brings that is there already. */
final class Clashes {
    /** Packages that a sentence names. */
    private static final int NAMED = 3;

    private final BundleContext context;
    private final Apart apart;

    Clashes(BundleContext context, Apart apart) {
        this.context = context;
        this.apart = apart;
    }

    /** A plug-in that exports a package of the platform could come between the platform and its own classes; one that bears a platform bundle's name would pass for it. */
    List<String> names(Running candidate) {
        List<String> problems = new ArrayList<>();
        Set<Bundle> plugins = new LinkedHashSet<>();
        for (Bundle b : context.getBundles()) if (b.getLocation().startsWith(Live.LOCATION)) plugins.add(b);
        for (Bundle b : context.getBundles())
            if (!plugins.contains(b) && candidate.entry().name().equals(b.getSymbolicName())) problems.add("has the name of a bundle of the platform (" + b.getVersion() + "): give it a name of its own");
        Map<Object, String> platform = new HashMap<>();
        for (Bundle b : context.getBundles()) {
            BundleRevision revision = b.adapt(BundleRevision.class);
            if (plugins.contains(b) || revision == null) continue;
            for (BundleCapability c : revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE)) platform.put(c.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE), b.getSymbolicName());
        }
        Map<String, Set<String>> taken = new TreeMap<>();
        for (BundleCapability c : candidate.bundle().adapt(BundleRevision.class).getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE)) {
            Object name = c.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE);
            if (platform.containsKey(name)) taken.computeIfAbsent(platform.get(name), giver -> new TreeSet<>()).add(name.toString());
        }
        taken.forEach((giver, names) -> problems.add(taken(giver, List.copyOf(names))));
        return problems;
    }

    private static String taken(String giver, List<String> names) {
        if (names.size() == 1) return "exports the package " + names.get(0) + ", which the platform has from " + giver + ": import it instead, and leave it out of the jar";
        String some = String.join(", ", names.subList(0, Math.min(NAMED, names.size()))) + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
        return "exports packages that the platform has from " + giver + " (" + some + "): import them instead, and leave them out of the jar";
    }

    /** Two parts of one kind and name would make a recipe mean what happens to be installed. */
    List<String> parts(List<Running> fresh, Collection<Running> running) {
        Map<String, String> givers = new HashMap<>();
        catalogue().forEach(p -> givers.put(p.kind() + " " + p.name(), p.bundle()));
        Set<String> replaced = new LinkedHashSet<>();
        running.stream().filter(r -> apart.leaves(r.id())).forEach(r -> replaced.addAll(r.parts().stream().map(p -> p + "\n" + r.entry().name()).toList()));
        List<String> problems = new ArrayList<>();
        Map<String, String> own = new HashMap<>();
        for (Running r : fresh)
            for (String part : r.parts()) {
                String other = own.put(part, r.entry().name());
                String giver = givers.get(part);
                if (r.entry().name().equals(other)) {
                    problems.add(r.entry().title() + " brings the " + quoted(part) + " twice: give one of them another name");
                    continue;
                }
                if (other == null && giver != null && !giver.equals(r.entry().name()) && !replaced.contains(part + "\n" + giver)) other = giver;
                if (other != null) problems.add(r.entry().title() + " brings the " + quoted(part) + ", which " + other + " has already: give it a name of its own");
            }
        return problems;
    }

    private static String quoted(String part) {
        return part.replaceFirst(" (.*)", " '$1'");
    }

    private List<Part> catalogue() {
        ServiceReference<Catalogue> reference = context.getServiceReference(Catalogue.class);
        Catalogue catalogue = reference == null ? null : context.getService(reference);
        if (catalogue == null) return List.of(); // features without an engine have none
        try {
            return catalogue.parts();
        } finally {
            context.ungetService(reference);
        }
    }
}
