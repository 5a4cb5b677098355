package relata.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import relata.api.plugin.PluginException;
import relata.plugins.State.Entry;

/**
 * The plug-ins of this process. A change is tried beside what runs; only {@link Trial#accept} lets new work see it, and what it replaces
 * goes when nothing works with it any more. Not for several threads.
 */
final class Live {
    /** The header of a bundle that must not be loaded a second time into a process, such as one with a native engine. */
    static final String HOT_UPDATE = "Relata-Hot-Update";
    static final String NEVER = "never";
    private static final Logger LOG = LoggerFactory.getLogger(Live.class);
    /** Begins the locations of plug-ins; the hash of the file follows, so that others can tell which file a bundle is. */
    static final String LOCATION = "plugin:";

    private final BundleContext context;
    private final FrameworkWiring wiring;
    private final ServiceComponentRuntime components;
    private final Store store;
    private final OpenLeases leases;
    private final Apart apart;
    private final Clashes clashes;
    private final Map<String, Running> running = new TreeMap<>();
    private final Map<Long, Running> draining = new ConcurrentHashMap<>();
    private long installed;
    /** How long a plug-in may take to start or to stop. */
    private volatile Duration limit = Duration.ofSeconds(Policy.standard().seconds());

    Live(BundleContext context, ServiceComponentRuntime components, Store store, OpenLeases leases, Apart apart) {
        this.context = context;
        this.wiring = context.getBundle(0).adapt(FrameworkWiring.class);
        this.components = components;
        this.store = store;
        this.leases = leases;
        this.apart = apart;
        this.clashes = new Clashes(context, apart);
    }

    /** What new work sees, by name. */
    Collection<Running> running() {
        return List.copyOf(running.values());
    }

    /** What has been replaced or removed and still is in use. */
    Collection<Running> draining() {
        return List.copyOf(draining.values());
    }

    /** A change that has been tried and can be had. */
    final class Trial {
        private final Map<String, Running> after;
        private final List<Running> fresh;
        private final List<Running> gone;

        private Trial(Map<String, Running> after, List<Running> fresh, List<Running> gone) {
            this.after = after;
            this.fresh = fresh;
            this.gone = gone;
        }

        /** What comes with it. */
        List<Running> fresh() {
            return fresh;
        }

        /** Lets new work see the new plug-ins, and the old ones go when they are free. */
        void accept() {
            leases.admit(fresh.stream().map(Running::id).toList());
            running.clear();
            running.putAll(after);
            if (gone.isEmpty()) return;
            gone.forEach(r -> draining.put(r.id(), r));
            leases.retire(gone.stream().map(Running::id).toList(), () -> {
                discard(gone);
                gone.forEach(r -> LOG.info("plug-in {} has left", r.entry().title()));
            });
        }

        /** Undoes the trial. */
        void reject() {
            apart.stay(gone.stream().map(Running::id).toList());
            discard(fresh);
        }
    }

    /**
     * Tries to come to a state: starts what is missing beside what is there.
     *
     * @param wanted what is to run
     * @param policy for time limits
     * @param start false: only to see whether everything that is needed is there; such a trial can only be rejected
     * @throws PluginException if that cannot be; then nothing has changed
     */
    Trial attempt(List<Entry> wanted, Policy policy, boolean start) throws PluginException {
        limit = Duration.ofSeconds(policy.seconds());
        Map<String, Entry> missing = new LinkedHashMap<>();
        Map<String, Running> after = new TreeMap<>();
        for (Entry e : wanted) {
            Running now = running.get(e.name());
            if (now != null && now.entry().sha256().equals(e.sha256())) after.put(e.name(), new Running(e, now.bundle(), now.parts()));
            else missing.put(e.name(), e);
        }
        List<Running> gone = new ArrayList<>(running.values().stream().filter(r -> !after.containsKey(r.entry().name())).toList());
        // what uses the packages of what goes must come anew too, or it would hold the old classes for ever
        for (Running user : users(gone)) {
            Running kept = after.remove(user.entry().name());
            if (kept == null) continue;
            gone.add(user);
            missing.put(user.entry().name(), kept.entry());
        }
        apart.leave(gone.stream().map(Running::id).toList());
        List<Running> fresh = new ArrayList<>();
        try {
            List<Running> well = bring(missing.values(), fresh);
            if (start) well = started(well);
            well.forEach(r -> after.put(r.entry().name(), r));
            return new Trial(after, well, gone);
        } catch (PluginException | RuntimeException | Error e) {
            new Trial(after, fresh, gone).reject();
            throw e;
        }
    }

    /** The plug-ins that would be refreshed with others. @throws PluginException if that would reach a native engine, or the platform itself */
    private List<Running> users(List<Running> gone) throws PluginException {
        if (gone.isEmpty()) return List.of();
        List<Running> users = new ArrayList<>();
        for (Bundle bundle : wiring.getDependencyClosure(gone.stream().map(Running::bundle).toList())) {
            // has left, and only waits to be refreshed
            if (bundle.getState() == Bundle.UNINSTALLED) continue;
            boolean never = NEVER.equals(bundle.getHeaders().get(HOT_UPDATE));
            boolean own = bundle.getLocation().startsWith(LOCATION);
            String title = bundle.getSymbolicName() + " " + bundle.getVersion();
            if (never)
                throw new PluginException("this cannot be done in a running platform: " + title + " says " + HOT_UPDATE + ": never (it holds native code, which a process loads once), and it would be loaded anew. Stop the runs and do it with --restart");
            if (!own) throw new PluginException("this cannot be done in a running platform: " + title + " is part of the platform and uses packages of " + gone.get(0).entry().title() + ". Stop the runs and do it with --restart");
            running.values().stream().filter(r -> r.bundle().equals(bundle) && !gone.contains(r)).forEach(users::add);
        }
        return users;
    }

    /** Comes to a state, or, if it cannot be had as a whole, as near as can be. Returns what is wrong with the rest, by name; of that, old versions go on. */
    Map<String, String> follow(List<Entry> wanted, Policy policy) {
        Map<String, String> broken = new TreeMap<>();
        try {
            attempt(wanted, policy, true).accept();
            return broken;
        } catch (PluginException e) {
            LOG.debug("not all together: {}", e.getMessage());
        }
        List<Entry> well = new ArrayList<>();
        for (boolean more = true; more; ) {
            more = false;
            for (Entry e : wanted) {
                if (well.contains(e)) continue;
                List<Entry> next = new ArrayList<>(well);
                next.add(e);
                List<String> names = next.stream().map(Entry::name).toList();
                for (Running r : running())
                    if (!names.contains(r.entry().name()) && wanted.stream().anyMatch(w -> w.name().equals(r.entry().name()))) next.add(r.entry());
                try {
                    attempt(next, policy, true).accept();
                    well.add(e);
                    broken.remove(e.name());
                    more = true;
                } catch (PluginException x) {
                    broken.put(e.name(), x.getMessage());
                }
            }
        }
        return broken;
    }

    /** Installs and resolves. @param fresh gets what was installed, also if this fails */
    private List<Running> bring(Collection<Entry> entries, List<Running> fresh) throws PluginException {
        List<String> problems = new ArrayList<>();
        for (Entry e : entries) fresh.add(install(e));
        List<Bundle> bundles = fresh.stream().map(Running::bundle).toList();
        for (Running r : fresh) clashes.names(r).forEach(p -> problems.add(r.entry().title() + " " + p));
        if (!problems.isEmpty()) throw new PluginException(problems);
        if (!bundles.isEmpty()) wiring.resolveBundles(bundles);
        Needs needs = new Needs(wiring, b -> !apart.leaves(b.getBundleId()));
        for (Running r : fresh)
            if (r.bundle().getState() == Bundle.INSTALLED) needs.missing(r.bundle()).forEach(n -> problems.add(r.entry().title() + " " + n));
        if (!problems.isEmpty()) throw new PluginException(problems);
        return fresh;
    }

    /** What bundles of this process that do not resolve lack, in sentences. */
    List<String> unresolved() {
        List<String> problems = new ArrayList<>();
        Needs needs = new Needs(wiring, b -> true);
        for (Bundle b : context.getBundles())
            if (b.getState() == Bundle.INSTALLED && !wiring.resolveBundles(List.of(b))) needs.missing(b).forEach(n -> problems.add(b.getSymbolicName() + " " + b.getVersion() + " " + n));
        return problems;
    }

    private List<Running> started(List<Running> fresh) throws PluginException {
        List<String> problems = new ArrayList<>();
        Probe probe = new Probe(context, components, limit);
        List<Running> well = new ArrayList<>();
        for (Running r : fresh) {
            List<String> wrong = new ArrayList<>();
            try {
                probe.start(r.bundle());
                well.add(r.parts(probe.parts(r.bundle(), wrong)));
            } catch (Limited.Failed e) {
                wrong.add(e.getMessage());
            }
            wrong.forEach(w -> problems.add(r.entry().title() + ": " + w));
        }
        if (problems.isEmpty()) problems.addAll(clashes.parts(well, running.values()));
        if (!problems.isEmpty()) throw new PluginException(problems);
        return well;
    }

    /** What is compared with the entry is what the framework was given, not what lay there a moment before. */
    private Running install(Entry entry) throws PluginException {
        MessageDigest digest = Store.digest();
        try (InputStream file = Files.newInputStream(store.jar(entry.sha256()))) {
            InputStream in = new DigestInputStream(file, digest) {
                // the framework closes what it has read; what it has not read counts too
                @Override
                public void close() {}
            };
            Bundle bundle = context.installBundle(LOCATION + entry.sha256() + "#" + ++installed, in);
            leases.shut(List.of(bundle.getBundleId()));
            Running made = new Running(entry, bundle, List.of());
            in.transferTo(OutputStream.nullOutputStream());
            String found = HexFormat.of().formatHex(digest.digest());
            if (found.equals(entry.sha256())) return made;
            discard(List.of(made));
            throw store.changed(entry, found);
        } catch (NoSuchFileException e) {
            throw store.gone(entry);
        } catch (IOException e) {
            throw new PluginException(entry.title() + " cannot be read: " + Store.words(e));
        } catch (BundleException e) {
            throw refused(entry, e);
        }
    }

    private PluginException refused(Entry entry, BundleException problem) {
        try {
            String found = Store.sha256(store.jar(entry.sha256()));
            return found.equals(entry.sha256()) ? new PluginException(entry.title() + " is refused by the framework: " + problem.getMessage()) : store.changed(entry, found);
        } catch (IOException e) {
            return new PluginException(entry.title() + " cannot be read: " + Store.words(e));
        }
    }

    /** Uninstalls bundles and lets their class loaders go. */
    private void discard(List<Running> old) {
        if (old.isEmpty()) return;
        List<Bundle> left = new ArrayList<>();
        for (Running r : old) {
            try {
                // the framework waits for an activator that hangs; nobody else should
                Limited.call("its removal", limit, () -> {
                    Probe.uninstall(r.bundle());
                    return true;
                }, () -> {});
                left.add(r.bundle());
            } catch (Limited.Failed e) {
                // not refreshed: the framework's refresh of all bundles would wait for it too
                LOG.warn("plug-in {} stays in memory until this process ends: {}", r.entry().title(), e.getMessage());
            }
            draining.remove(r.id());
        }
        if (left.isEmpty()) return;
        List<Long> ids = left.stream().map(Bundle::getBundleId).toList();
        // until it is refreshed, what has left could still be wired to; what stays in memory never may be
        wiring.refreshBundles(left, event -> {
            if (event.getType() != FrameworkEvent.PACKAGES_REFRESHED) return;
            apart.stay(ids);
            leases.forget(ids);
        });
    }

    /** Who works with a plug-in that is to go. */
    List<String> holders(Running old) {
        return leases.holders(old.id());
    }
}
