package relata.plugins;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import relata.api.plugin.Leases;

/**
 * Who works with which plug-ins. A lease keeps everything that was admitted when it was taken. What is retired waits for the leases that were
 * taken between its admission and its retirement: older and newer work never saw it.
 */
@Component(service = {Leases.class, OpenLeases.class})
public final class OpenLeases implements Leases {
    private static final Logger LOG = LoggerFactory.getLogger(OpenLeases.class);

    private record Waiting(List<Long> bundles, Set<Long> leases, Runnable whenFree) {}

    private final Map<Long, String> open = new LinkedHashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final Set<Long> shut = ConcurrentHashMap.newKeySet();
    /** The last lease that was taken before a bundle was admitted. */
    private final Map<Long, Long> admittedAfter = new HashMap<>();
    private long last;

    @Override
    public synchronized Lease take(String holder) {
        long id = ++last;
        open.put(id, holder);
        AtomicBoolean closed = new AtomicBoolean();
        return () -> {
            if (!closed.getAndSet(true)) give(id);
        };
    }

    private void give(long id) {
        List<Runnable> free = new ArrayList<>();
        synchronized (this) {
            open.remove(id);
            for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
                Waiting w = each.next();
                w.leases().remove(id);
                if (!w.leases().isEmpty()) continue;
                each.remove();
                free.add(w.whenFree());
            }
        }
        // outside the lock: removing a bundle calls back into whoever listens
        free.forEach(OpenLeases::free);
    }

    /** The work that gives a lease back has ended well or badly by itself; how others leave is not its matter. */
    private static void free(Runnable whenFree) {
        try {
            whenFree.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("a plug-in does not leave cleanly: {}", e.toString());
        }
    }

    @Override
    public boolean admitted(long bundle) {
        return !shut.contains(bundle);
    }

    /** Keeps new work away from a bundle. */
    void shut(Collection<Long> bundles) {
        shut.addAll(bundles);
    }

    /** Lets new work use a bundle. */
    synchronized void admit(Collection<Long> bundles) {
        bundles.forEach(b -> admittedAfter.put(b, last));
        shut.removeAll(bundles);
    }

    /** Keeps no account of bundles that are gone. */
    synchronized void forget(Collection<Long> bundles) {
        admittedAfter.keySet().removeAll(bundles);
        shut.removeAll(bundles);
    }

    /** Shuts bundles, and calls back once nothing works with any of them any more: at once if nothing does. */
    void retire(List<Long> bundles, Runnable whenFree) {
        synchronized (this) {
            shut.addAll(bundles);
            long first = bundles.stream().mapToLong(b -> admittedAfter.getOrDefault(b, 0L)).min().orElse(0);
            Set<Long> users = new TreeSet<>(open.keySet().stream().filter(lease -> lease > first).toList());
            if (!users.isEmpty()) {
                waiting.add(new Waiting(List.copyOf(bundles), users, whenFree));
                return;
            }
        }
        free(whenFree);
    }

    /** Who keeps a retired bundle; empty if nobody does. */
    synchronized List<String> holders(long bundle) {
        return waiting.stream().filter(w -> w.bundles().contains(bundle)).flatMap(w -> w.leases().stream()).map(id -> open.getOrDefault(id, "")).distinct().toList();
    }
}
