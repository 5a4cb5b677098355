package relata.plugins;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/** Keeps the generations of plug-ins apart: what comes new is not wired to what is about to leave, though its version may be higher or it may be resolved already. */
final class Apart implements ResolverHookFactory, ResolverHook {
    private final Set<Long> leaving = ConcurrentHashMap.newKeySet();

    /** Starts to take part in every resolution. */
    ServiceRegistration<ResolverHookFactory> register(BundleContext context) {
        return context.registerService(ResolverHookFactory.class, this, null);
    }

    void leave(Collection<Long> bundles) {
        leaving.addAll(bundles);
    }

    void stay(Collection<Long> bundles) {
        leaving.removeAll(bundles);
    }

    boolean leaves(long bundle) {
        return leaving.contains(bundle);
    }

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        return this;
    }

    @Override
    public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
        if (leaving.isEmpty() || leaving.contains(requirement.getRevision().getBundle().getBundleId())) return;
        candidates.removeIf(c -> leaving.contains(c.getRevision().getBundle().getBundleId()));
    }

    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {}

    @Override
    public void filterSingletonCollisions(BundleCapability singleton, Collection<BundleCapability> collisions) {
        // an old and a new version stand side by side until the old one is free
        collisions.removeIf(c -> leaving.contains(c.getRevision().getBundle().getBundleId()));
    }

    @Override
    public void end() {}
}
