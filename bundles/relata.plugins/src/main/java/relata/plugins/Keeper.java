package relata.plugins;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import relata.api.plugin.Plugin;
import relata.api.plugin.PluginChange;
import relata.api.plugin.PluginException;
import relata.plugins.Sources.Source;
import relata.plugins.State.Entry;
import relata.plugins.State.Snapshot;

/** Makes what the store wants and what this process runs the same. Starts the plug-ins before the first command. */
@Component(service = Keeper.class, immediate = true)
public final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    private final Store store;
    private final Path etc;
    private final Sources sources;
    private final Audit audit;
    private final Live live;
    private final WatchedFolder watched;
    private final ServiceRegistration<ResolverHookFactory> apart;
    private final Map<String, String> broken = new TreeMap<>();
    private State followed = State.EMPTY;
    private long stamp;

    /** Starts what is installed, and takes in what lies new in the watched folder. */
    @Activate
    public Keeper(BundleContext context, @Reference ServiceComponentRuntime components, @Reference OpenLeases leases) {
        Path home = Path.of(Objects.requireNonNullElse(context.getProperty("relata.home"), "."));
        this.store = new Store(folder(context, "relata.plugins", home.resolve("plugins")));
        this.etc = folder(context, "relata.etc", home.resolve("etc"));
        this.sources = new Sources(Stream.of(folder(context, "relata.repository", home.resolve("system")), Path.of(System.getProperty("user.home"), ".m2", "repository")).toList());
        this.audit = new Audit(store);
        Apart hook = new Apart();
        this.apart = hook.register(context);
        this.live = new Live(context, components, store, leases, hook);
        this.watched = new WatchedFolder(store.folder());
        begin();
    }

    private static Path folder(BundleContext context, String property, Path standard) {
        String own = context.getProperty(property);
        return own == null || own.isBlank() ? standard : Path.of(own);
    }

    @Deactivate
    synchronized void end() {
        apart.unregister();
    }

    /** A platform whose plug-ins are in disorder starts all the same: what is wrong is said, and the doctor says it again. */
    private synchronized void begin() {
        try {
            catchUp();
            broken.forEach((name, why) -> LOG.warn("plug-in {} is not used: {}", name, why));
            follow().forEach(LOG::warn);
        } catch (IOException e) {
            broken.put("(all)", e.getMessage());
            LOG.warn("no plug-in is used: {}", e.getMessage());
        }
    }

    /** Runs what a state wants, as far as that can be. */
    private void comeTo(Snapshot snapshot) throws IOException {
        Policy policy = Policy.read(etc);
        broken.clear();
        List<Entry> wanted = enabled(snapshot.entries()), fit = new ArrayList<>();
        for (Entry e : wanted) if (stillLetIn(e, policy)) fit.add(e);
        broken.putAll(live.follow(fit, policy));
    }

    private boolean stillLetIn(Entry e, Policy policy) throws IOException {
        if (policy.trust() != Policy.Trust.ENFORCE) return true;
        try {
            new JarCheck(store.jar(e.sha256()), e.title(), policy).candidate(e.origin(), e.feature());
            return true;
        } catch (PluginException x) {
            broken.put(e.name(), x.getMessage());
            return false;
        }
    }

    private static List<Entry> enabled(List<Entry> entries) {
        return entries.stream().filter(Entry::enabled).toList();
    }

    /** All plug-ins, by name. */
    synchronized List<Plugin> list() {
        List<Plugin> all = new ArrayList<>();
        Map<String, Running> running = new LinkedHashMap<>();
        live.running().forEach(r -> running.put(r.entry().name(), r));
        for (Entry e : followed.now().entries()) {
            Running r = running.get(e.name());
            boolean same = r != null && r.entry().sha256().equals(e.sha256());
            Plugin.State state = !e.enabled() ? Plugin.State.DISABLED : same ? Plugin.State.ACTIVE : Plugin.State.BROKEN;
            String remark = broken.getOrDefault(e.name(), state == Plugin.State.BROKEN ? "takes effect at the next start" : "");
            all.add(plugin(e, state, same ? r.parts() : List.of(), remark));
            if (r != null && !same) all.add(plugin(r.entry(), Plugin.State.ACTIVE, r.parts(), "goes on in place of " + e.version()));
        }
        live.draining().forEach(r -> all.add(plugin(r.entry(), Plugin.State.DRAINING, r.parts(), "in use by " + String.join(", ", live.holders(r)))));
        all.sort(Comparator.comparing(Plugin::name).thenComparing(Plugin::state));
        return all;
    }

    private static Plugin plugin(Entry e, Plugin.State state, List<String> parts, String remark) {
        return new Plugin(e.name(), e.version(), e.sha256(), e.origin(), e.feature(), state, parts, remark);
    }

    /** What is wrong with installed plug-ins. */
    synchronized List<String> problems() {
        return broken.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList();
    }

    /** Computes the next state. */
    interface Move {
        State next(State state, Batch batch) throws PluginException, IOException;
    }

    /**
     * Makes a change as a whole or not at all: tried in this process, then written, and only then seen by new work.
     *
     * @param what was asked for, for the audit log
     * @param now false: only written, so that it takes effect at the next start
     */
    synchronized PluginChange change(String action, List<String> what, boolean now, Move move) throws PluginException {
        Batch batch = null;
        try (AutoCloseable lock = store.lock()) {
            Policy policy = Policy.read(etc);
            batch = new Batch(store, policy);
            catchUp();
            try {
                return change(action, what, now, move.next(followed, batch), policy, batch.remarks());
            } finally {
                store.tidy(followed);
            }
        } catch (PluginException e) {
            audit.refused(action, what, batch == null ? Map.of() : batch.hashes(), e.problems());
            throw e;
        } catch (IOException e) {
            throw new PluginException("the plug-ins in " + store.folder() + " cannot be changed: " + e.getMessage());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new PluginException("the lock of the plug-ins cannot be given back: " + e.getMessage());
        }
    }

    private PluginChange change(String action, List<String> what, boolean now, State after, Policy policy, List<String> remarks) throws PluginException, IOException {
        State before = followed;
        if (after == before) return said(before.now(), true, remarks);
        // of what only the watched folder is to remember nobody need hear
        boolean heard = after.now() != before.now();
        if (heard && now) tryOut(before, after, policy);
        else save(after);
        if (heard) audit.done(action, what, after.now().entries(), after.now().generation());
        return said(after.now(), true, remarks);
    }

    private void tryOut(State before, State after, Policy policy) throws PluginException, IOException {
        List<Entry> wanted = sound(before, after.now().entries());
        Live.Trial trial = live.attempt(wanted, policy, true);
        try {
            save(after);
        } catch (IOException | RuntimeException e) {
            trial.reject();
            throw e;
        }
        trial.accept();
        broken.keySet().removeIf(name -> wanted.stream().anyMatch(e -> e.name().equals(name)) || after.now().entry(name).isEmpty());
    }

    /** What is to run: one that is broken and stays as it is does not keep others from coming. */
    private List<Entry> sound(State before, List<Entry> entries) {
        return enabled(entries).stream().filter(e -> !broken.containsKey(e.name()) || !before.now().entries().contains(e)).toList();
    }

    private void save(State state) throws IOException {
        store.write(state);
        followed = state;
        stamp = store.stamp();
    }

    static PluginChange said(Snapshot s, boolean current, List<String> remarks) {
        return new PluginChange(s.generation(), Instant.ofEpochMilli(s.time()), s.action(), current, s.entries().stream().map(e -> e.title() + (e.enabled() ? "" : " (off)")).toList(), remarks);
    }

    /** Follows what other processes wrote. Under the lock, or at start. */
    private void catchUp() throws IOException {
        long now = store.stamp();
        if (now == stamp) return;
        // a state that cannot be read is asked for again, and never written over
        followed = store.read();
        stamp = now;
        comeTo(followed.now());
    }

    /** Follows other processes, and takes in what lies new in the watched folder. Returns what was refused. */
    synchronized List<String> follow() {
        List<String> refused = new ArrayList<>();
        try {
            if (store.stamp() != stamp)
                try (AutoCloseable lock = store.lock()) {
                    catchUp();
                    broken.forEach((name, why) -> refused.add("plug-in " + name + " is not used as installed: " + why));
                }
            refused.addAll(watched.look(this, followed));
        } catch (IOException e) {
            refused.add("the plug-ins cannot be followed: " + e.getMessage());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return refused;
    }

    /** Brings jars in together. */
    PluginChange put(String action, List<String> from, Batch.Mode mode, boolean now) throws PluginException {
        return change(action, from, now, (state, batch) -> {
            batch.check(sources.find(from), "");
            return wanting(state, batch.into(state.now(), mode), action, batch.remarks());
        });
    }

    /** A state that wants other plug-ins; the same one if it wants them already. */
    static State wanting(State state, List<Entry> entries, String action, List<String> remarks) {
        return entries.equals(state.now().entries()) ? state : state.next(action, System.currentTimeMillis(), entries, remarks);
    }

    /** Looks at jars as an installation would, without starting them; nothing stays. */
    synchronized List<Candidate> verify(List<Source> from) throws PluginException {
        try (AutoCloseable lock = store.lock()) {
            Policy policy = Policy.read(etc);
            catchUp();
            try {
                Batch batch = new Batch(store, policy);
                batch.check(from, "");
                live.attempt(sound(followed, batch.into(followed.now(), Batch.Mode.PUT)), policy, false).reject();
                return batch.candidates();
            } finally {
                store.tidy(followed);
            }
        } catch (PluginException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new PluginException("the plug-ins cannot be looked at: " + e.getMessage());
        }
    }

    State state() {
        return followed;
    }

    Store store() {
        return store;
    }

    /** A bundle of a repository on this machine. */
    Source artifact(String id) throws PluginException {
        return sources.artifact(id);
    }

    /** The jars that sources come to. */
    List<Source> find(List<String> from) throws PluginException {
        try {
            return sources.find(from);
        } catch (IOException e) {
            throw new PluginException("the plug-ins cannot be read: " + e.getMessage());
        }
    }
}
