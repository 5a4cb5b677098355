package relata.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/** The bundles of the framework, and in sentences what is wrong with them. */
final class Bundles {
    private static final Pattern PACKAGE = Pattern.compile("osgi\\.wiring\\.package=([^)]*)\\)");
    private static final Pattern FROM = Pattern.compile("\\(version>=([^)]*)\\)");
    private static final Pattern BELOW = Pattern.compile("\\(!\\(version>=([^)]*)\\)\\)");

    private final BundleContext context;

    Bundles(BundleContext context) {
        this.context = context;
    }

    int count() {
        return context.getBundles().length;
    }

    /** One sentence for each bundle that does not do what it is there for; none if all is well. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            boolean fragment = bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
            String name = bundle.getSymbolicName() + " " + bundle.getVersion();
            if (bundle.getState() == Bundle.INSTALLED) problems.add(name + " does not resolve: " + String.join("; ", missing(bundle)));
            // some are started by those who need them only
            else if (bundle.getState() == Bundle.RESOLVED && !fragment && wanted(bundle)) problems.add(name + " is not started: its activator failed");
        }
        return problems;
    }

    private static boolean wanted(Bundle bundle) {
        return bundle.adapt(BundleStartLevel.class).isPersistentlyStarted();
    }

    private List<String> missing(Bundle bundle) {
        FrameworkWiring wiring = context.getBundle(0).adapt(FrameworkWiring.class);
        List<String> missing = new ArrayList<>();
        for (BundleRequirement requirement : bundle.adapt(BundleRevision.class).getDeclaredRequirements(null)) {
            boolean optional = "optional".equals(requirement.getDirectives().get("resolution"));
            boolean later = !Objects.requireNonNullElse(requirement.getDirectives().get("effective"), "resolve").equals("resolve");
            if (optional || later) continue;
            boolean offered = wiring.findProviders(requirement).stream().anyMatch(c -> c.getRevision().getBundle().getState() != Bundle.INSTALLED || c.getRevision().getBundle() == bundle);
            if (!offered) missing.add(needs(requirement, wiring));
        }
        return missing.isEmpty() ? List.of("two of its requirements exclude each other") : missing;
    }

    private static String needs(BundleRequirement requirement, FrameworkWiring wiring) {
        String filter = Objects.requireNonNullElse(requirement.getDirectives().get("filter"), "");
        if (requirement.getNamespace().equals("osgi.ee")) return "it needs " + filter + ", but this is Java " + System.getProperty("java.specification.version");
        if (!requirement.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE)) return "it needs " + requirement.getNamespace() + " " + filter;
        Matcher name = PACKAGE.matcher(filter);
        String wanted = name.find() ? name.group(1) : filter;
        TreeSet<String> there = new TreeSet<>();
        for (BundleCapability c : wiring.findProviders(new PackageQuery(wanted)))
            there.add(c.getAttributes().get("version") + " from " + c.getRevision().getBundle().getSymbolicName()
                    + (c.getRevision().getBundle().getState() == Bundle.INSTALLED ? ", which does not resolve itself" : ""));
        return "it needs package " + wanted + range(filter) + (there.isEmpty() ? ", which no bundle exports" : "; there is " + String.join(", ", there));
    }

    private static String range(String filter) {
        Matcher from = FROM.matcher(filter);
        Matcher below = BELOW.matcher(filter);
        if (!from.find()) return "";
        return below.find() ? " version [" + from.group(1) + "," + below.group(1) + ")" : " version " + from.group(1) + " or later";
    }
}
