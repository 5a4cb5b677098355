package relata.plugins;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
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
    private Store.Stamp stamp = Store.Stamp.NONE;
    /** Whether what is followed has yet to be run, since the policy could not be read. */
    private boolean behind;

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
            catchUp(false);
            broken.forEach((name, why) -> LOG.warn("plug-in {} is not used: {}", name, why));
            follow().forEach(LOG::warn);
        } catch (IOException e) {
            broken.put(Listed.ALL, Store.words(e));
            LOG.warn("no plug-in is used: {}", Store.words(e));
        }
    }

    /** Runs what a state wants, as far as that can be. */
    private void comeTo(Snapshot snapshot) throws IOException {
        Policy policy = Policy.read(etc);
        broken.clear();
        List<Entry> wanted = new Admission(store, policy).stillLetIn(enabled(snapshot.entries()), broken);
        broken.putAll(live.follow(wanted, policy));
    }

    private static List<Entry> enabled(List<Entry> entries) {
        return entries.stream().filter(Entry::enabled).toList();
    }

    /** All plug-ins, by name. */
    synchronized List<Plugin> list() {
        return Listed.of(followed.now().entries(), live, broken);
    }

    /** What is wrong with installed plug-ins. */
    synchronized List<String> problems() {
        return broken.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList();
    }

    /** What bundles that do not resolve lack. */
    synchronized List<String> unresolved() {
        return live.unresolved();
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
            catchUp(true);
            try {
                return change(action, what, now, move.next(followed, batch), policy, batch.remarks());
            } finally {
                store.tidy(followed);
            }
        } catch (Exception e) {
            if (e instanceof RuntimeException bug) throw bug;
            PluginException refusal = e instanceof PluginException p ? p : new PluginException("the plug-ins in " + store.folder() + " cannot be changed: " + (e instanceof IOException io ? Store.words(io) : e.getMessage()));
            audit.refused(action, what, batch == null ? Map.of() : batch.hashes(), refusal.problems());
            throw refusal;
        }
    }

    private PluginChange change(String action, List<String> what, boolean now, State after, Policy policy, List<String> remarks) throws PluginException, IOException {
        State before = followed;
        if (after == before) return said(before.now(), true, remarks);
        // of what only the watched folder is to remember nobody need hear
        if (after.now() == before.now()) save(after);
        else if (now) tryOut(before, after, policy, () -> write(action, what, now, after));
        else write(action, what, now, after);
        return said(after.now(), true, remarks);
    }

    private interface Writing {
        void write() throws IOException;
    }

    private void tryOut(State before, State after, Policy policy, Writing writing) throws PluginException, IOException {
        List<Entry> wanted = sound(before, after.now().entries());
        List<Entry> ran = enabled(before.now().entries());
        // an earlier state was let in by the policy of its time
        for (Entry e : wanted) if (!ran.contains(e)) new Admission(store, policy).check(e);
        Live.Trial trial = live.attempt(wanted, policy, true);
        try {
            writing.write();
        } catch (IOException | RuntimeException e) {
            trial.reject();
            throw e;
        }
        trial.accept();
        broken.keySet().removeIf(name -> wanted.stream().anyMatch(e -> e.name().equals(name)) || after.now().entry(name).isEmpty());
    }

    private void write(String action, List<String> what, boolean now, State after) throws IOException {
        audit.begins(action, what, now, after.now());
        try {
            save(after);
        } catch (IOException | RuntimeException e) {
            audit.failed(action, what, after.now(), e);
            throw e;
        }
        audit.done(action, what, after.now());
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

    /**
     * Follows what other processes wrote. Under the lock, or at start.
     *
     * @param certainly true: reads the state whatever it looks like from outside
     */
    private void catchUp(boolean certainly) throws IOException {
        Store.Stamp now = store.stamp();
        if (now.equals(stamp) && !certainly) return;
        // a state that cannot be read is asked for again, and never written over
        State read = store.read();
        behind |= !read.equals(followed);
        followed = read;
        if (behind) comeTo(read.now());
        behind = false;
        stamp = now;
    }

    /** Follows other processes, and takes in what lies new in the watched folder. Returns what was refused. */
    synchronized List<String> follow() {
        List<String> refused = new ArrayList<>();
        try {
            if (!store.stamp().equals(stamp))
                try (AutoCloseable lock = store.lock()) {
                    catchUp(false);
                    broken.forEach((name, why) -> refused.add("plug-in " + name + " is not used as installed: " + why));
                }
            refused.addAll(watched.look(this, followed));
        } catch (IOException e) {
            refused.add("the plug-ins cannot be followed: " + Store.words(e));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return refused;
    }

    /** Finds jars. */
    interface Finding {
        List<Source> find() throws PluginException;
    }

    /** Brings jars in together. @param from how they are called in the audit log */
    PluginChange put(String action, List<String> from, Finding jars, Batch.Mode mode, boolean now) throws PluginException {
        return change(action, from, now, (state, batch) -> {
            batch.check(jars.find(), "");
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
            catchUp(true);
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
            throw new PluginException("the plug-ins cannot be looked at: " + (e instanceof IOException io ? Store.words(io) : e.getMessage()));
        }
    }

    synchronized State state() {
        return followed;
    }

    Store store() {
        return store;
    }

    /** A bundle beside a file, or of a repository on this machine. */
    Source artifact(String id, Path file) throws PluginException {
        return sources.artifact(id, file);
    }

    /** The jars that sources come to. */
    List<Source> find(List<String> from) throws PluginException {
        try {
            return sources.find(from);
        } catch (IOException e) {
            throw new PluginException("the plug-ins cannot be read: " + Store.words(e));
        }
    }
}
