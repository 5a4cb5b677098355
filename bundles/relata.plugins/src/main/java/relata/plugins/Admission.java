package relata.plugins;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import relata.api.plugin.PluginException;
import relata.plugins.State.Entry;

/** Whether what was let in once would be let in now: the policy may be stricter by now, or the jar another. */
final class Admission {
    private final Store store;
    private final Policy policy;

    /** @param store where the jars are @param policy of today */
    Admission(Store store, Policy policy) {
        this.store = store;
        this.policy = policy;
    }

    /** @throws PluginException if trust is enforced, and a plug-in would not be let in */
    void check(Entry e) throws PluginException {
        if (policy.trust() != Policy.Trust.ENFORCE) return;
        try {
            new JarCheck(store.jar(e.sha256()), e.title(), policy).candidate(e.origin(), e.feature());
        } catch (NoSuchFileException x) {
            throw store.gone(e);
        } catch (IOException x) {
            throw new PluginException(e.title() + " cannot be read: " + Store.words(x));
        }
    }

    /** Those that would be. @param refused gets why the others would not, by name */
    List<Entry> stillLetIn(List<Entry> entries, Map<String, String> refused) {
        List<Entry> fit = new ArrayList<>();
        for (Entry e : entries) {
            try {
                check(e);
                fit.add(e);
            } catch (PluginException x) {
                refused.put(e.name(), x.getMessage());
            }
        }
        return fit;
    }
}
