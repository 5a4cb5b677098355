package relata.plugins;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import org.osgi.framework.Bundle;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;

/** What a bundle needs and does not find, in sentences that its author can act on. */
final class Needs {
    private static final Pattern PACKAGE = Pattern.compile("osgi\\.wiring\\.package=([^)]*)\\)");
    private static final Pattern FROM = Pattern.compile("\\(version>=([^)]*)\\)");
    private static final Pattern BELOW = Pattern.compile("\\(!\\(version>=([^)]*)\\)\\)");
    private static final Pattern USES = Pattern.compile("exposed to package '([^']+)' from resources (.+?) \\[.*? and (.+?) \\[");

    private static final Pattern JAVA = Pattern.compile("\\(osgi\\.ee=JavaSE\\)\\(version[>~]?=(\\d+)");
    private static final String OFFERED = "relata.api and the packages below it, relata.tensor, relata.text, relata.corpus.text and relata.weights";

    private final FrameworkWiring wiring;
    private final Predicate<Bundle> counts;

    /** @param counts which bundles will be there */
    Needs(FrameworkWiring wiring, Predicate<Bundle> counts) {
        this.wiring = wiring;
        this.counts = counts;
    }

    /** Why a bundle that did not resolve did not; at least one sentence. */
    List<String> missing(Bundle bundle) {
        List<String> missing = new ArrayList<>();
        for (BundleRequirement requirement : bundle.adapt(BundleRevision.class).getDeclaredRequirements(null)) {
            boolean optional = "optional".equals(requirement.getDirectives().get("resolution"));
            boolean later = !Objects.requireNonNullElse(requirement.getDirectives().get("effective"), "resolve").equals("resolve");
            if (optional || later) continue;
            List<BundleCapability> offers = wiring.findProviders(requirement).stream().filter(c -> counts.test(c.getRevision().getBundle())).toList();
            if (offers.isEmpty()) missing.add(needs(requirement, bundle.getLocation().startsWith(Live.LOCATION)));
            else if (offers.stream().allMatch(c -> c.getRevision().getBundle().getState() == Bundle.INSTALLED && c.getRevision().getBundle() != bundle))
                missing.add("needs " + what(requirement) + " of " + offers.get(0).getRevision().getBundle().getSymbolicName() + ", which does not resolve itself");
        }
        return missing.isEmpty() ? List.of(conflict(bundle)) : missing;
    }

    /** @param advise what the author of a plug-in can do */
    private String needs(BundleRequirement requirement, boolean advise) {
        String filter = Objects.requireNonNullElse(requirement.getDirectives().get("filter"), "");
        if (requirement.getNamespace().equals("osgi.ee")) return java(filter);
        if (!requirement.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE)) return "needs " + what(requirement) + ", which nothing here offers";
        String wanted = wanted(filter);
        TreeSet<String> versions = new TreeSet<>();
        for (BundleCapability c : wiring.findProviders(new AnyVersion(wanted)))
            if (counts.test(c.getRevision().getBundle())) versions.add(String.valueOf(c.getAttributes().get("version")).replaceFirst("\\.0$", "") + " (of " + c.getRevision().getBundle().getSymbolicName() + ")");
        if (versions.isEmpty() && advise && wanted.startsWith("relata.")) return "needs the package " + wanted + range(filter) + ", which is no part of what this platform offers to plug-ins: " + OFFERED;
        if (versions.isEmpty()) return "needs the package " + wanted + range(filter) + ", which no bundle here exports" + (advise ? ": pack it into the plug-in, or install its bundle together with it" : "");
        String advice = advise && wanted.startsWith("relata.api") ? ". Build the plug-in against this platform's API, or take a platform that fits" : "";
        return "needs " + wanted + range(filter) + "; this platform has " + String.join(", ", versions) + advice;
    }

    private static String java(String filter) {
        Matcher version = JAVA.matcher(filter);
        int here = Runtime.version().feature();
        return "needs " + (version.find() ? "Java " + version.group(1) : "another Java (" + filter + ")") + "; this is Java " + here + ". Compile with --release " + Math.min(here, 17);
    }

    private static String what(BundleRequirement requirement) {
        String filter = Objects.requireNonNullElse(requirement.getDirectives().get("filter"), "");
        if (requirement.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE)) return "the package " + wanted(filter) + range(filter);
        return "the capability " + requirement.getNamespace() + (filter.isEmpty() ? "" : " with " + filter);
    }

    private static String wanted(String filter) {
        Matcher name = PACKAGE.matcher(filter);
        return name.find() ? name.group(1) : filter;
    }

    private static String range(String filter) {
        Matcher from = FROM.matcher(filter);
        Matcher below = BELOW.matcher(filter);
        boolean bounded = below.find();
        // any version
        if (!from.find() || !bounded && plain(from.group(1)).equals("0")) return "";
        return bounded ? " [" + plain(from.group(1)) + "," + plain(below.group(1)) + ")" : " " + plain(from.group(1)) + " or newer";
    }

    /** As people write versions: 2 for 2.0.0. */
    private static String plain(String version) {
        return version.replaceFirst("(\\.0)+$", "");
    }

    /** All requirements are offered, but not together: the framework's own text tells which package comes twice. */
    private static String conflict(Bundle bundle) {
        try {
            // resolves, as starting would, but runs nothing of it
            bundle.loadClass("none.such.Class");
        } catch (ClassNotFoundException e) {
            if (e.getCause() == null || bundle.getState() != Bundle.INSTALLED) return "did not resolve at first, but does now; try again";
            Matcher uses = USES.matcher(String.valueOf(e.getCause().getMessage()));
            return uses.find()
                    ? "would see the package " + uses.group(1) + " twice, from " + uses.group(2) + " and from " + uses.group(3) + ", whose classes do not mix: import a version of it that all can share"
                    : "has requirements that exclude each other: " + e.getCause().getMessage();
        }
        return "brings a class that nobody should have";
    }

    /** Asks for a package in any version. */
    private record AnyVersion(String name) implements Requirement {
        @Override
        public String getNamespace() {
            return PackageNamespace.PACKAGE_NAMESPACE;
        }

        @Override
        public Map<String, String> getDirectives() {
            return Map.of("filter", "(" + PackageNamespace.PACKAGE_NAMESPACE + "=" + name + ")");
        }

        @Override
        public Map<String, Object> getAttributes() {
            return Map.of();
        }

        // a requirement made up for a query belongs to no resource, which the specification says by null
        @NullUnmarked
        @Override
        public Resource getResource() {
            return null;
        }
    }
}
