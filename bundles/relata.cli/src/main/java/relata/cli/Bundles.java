package relata.cli;

import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;

/** The bundles of the framework, and in sentences what is wrong with them. */
final class Bundles {
    private final BundleContext context;

    Bundles(BundleContext context) {
        this.context = context;
    }

    int count() {
        return context.getBundles().length;
    }

    /** One sentence for each bundle that does not do what it is there for; none if all is well. @param unresolved what those lack that do not resolve */
    List<String> problems(List<String> unresolved) {
        List<String> problems = new ArrayList<>(unresolved);
        for (Bundle bundle : context.getBundles()) {
            boolean fragment = bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
            String name = bundle.getSymbolicName() + " " + bundle.getVersion();
            if (bundle.getState() == Bundle.INSTALLED && unresolved.stream().noneMatch(u -> u.startsWith(name + " "))) problems.add(name + " does not resolve");
            // some are started by those who need them only
            else if (bundle.getState() == Bundle.RESOLVED && !fragment && wanted(bundle)) problems.add(name + " is not started: its activator failed");
        }
        return problems;
    }

    private static boolean wanted(Bundle bundle) {
        return bundle.adapt(BundleStartLevel.class).isPersistentlyStarted();
    }
}
