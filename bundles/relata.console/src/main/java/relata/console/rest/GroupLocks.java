package relata.console.rest;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import relata.api.run.RunGroup;

/** The locks of the groups that this process has to do with: each is kept from other processes as long as a run of it waits or is worked on here. */
final class GroupLocks {
    private static final Logger LOG = LoggerFactory.getLogger(GroupLocks.class);

    /** A share in a group's lock; closing it once more does no harm. */
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    private static final class Held {
        final AutoCloseable lock;
        int holds;

        Held(AutoCloseable lock) {
            this.lock = lock;
        }
    }

    private final Site site;
    private final Map<String, Held> held = new HashMap<>();

    /** Of the runs of a site. */
    GroupLocks(Site site) {
        this.site = site;
    }

    /** Keeps other processes from a group. @throws Refusal if another process works on it, also between two of its runs */
    synchronized Hold hold(RunGroup group) throws Refusal, IOException {
        Held known = held.get(group.id());
        if (known == null) {
            known = new Held(lock(group.id()));
            held.put(group.id(), known);
        }
        known.holds++;
        return new Hold() {
            private boolean closed;

            @Override
            public void close() {
                synchronized (GroupLocks.this) {
                    if (!closed) giveBack(group.id());
                    closed = true;
                }
            }
        };
    }

    private AutoCloseable lock(String group) throws Refusal, IOException {
        try {
            return site.runs().lockGroup(site.root(), group);
        } catch (IllegalStateException e) {
            throw new Refusal(409, "other-process", "Another process works on the group " + group + ", one run after the other. Resume it once that process has ended.");
        }
    }

    private void giveBack(String group) {
        Held known = held.get(group);
        if (known == null || --known.holds > 0) return;
        held.remove(group);
        try {
            known.lock.close();
        } catch (Exception e) {
            LOG.warn("the lock of {} cannot be given back", group, e);
        }
    }
}
