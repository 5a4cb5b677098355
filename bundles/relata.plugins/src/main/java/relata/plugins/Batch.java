package relata.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;
import relata.api.plugin.PluginException;
import relata.plugins.Sources.Source;
import relata.plugins.State.Entry;
import relata.plugins.State.Snapshot;

/** Jars that are to come in together: copied, checked, and worked into the list of what is wanted. */
final class Batch {
    /** What may be there already. */
    enum Mode {
        /** Nothing of that name. */
        INSTALL,
        /** Another one of that name. */
        UPDATE,
        /** Either. */
        PUT
    }

    private final Store store;
    private final Policy policy;
    private final Map<String, String> hashes = new LinkedHashMap<>();
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    Batch(Store store, Policy policy) {
        this.store = store;
        this.policy = policy;
    }

    /** The SHA-256 of every file that was looked at, by what its giver called it. */
    Map<String, String> hashes() {
        return hashes;
    }

    List<Candidate> candidates() {
        return candidates;
    }

    List<String> remarks() {
        return remarks;
    }

    /** Copies and checks all. @param feature the feature that they belong to, or empty. @throws PluginException with what is wrong with each */
    void check(List<Source> sources, String feature) throws PluginException, IOException {
        List<String> problems = new ArrayList<>();
        Map<String, String> names = new LinkedHashMap<>();
        for (Source source : sources)
            try {
                Path staged = store.stage(source.file(), policy.maxBytes());
                hashes.put(source.said(), Store.sha256(staged));
                Candidate candidate = new JarCheck(staged, source.said(), policy).candidate(source.origin(), feature);
                String other = names.put(candidate.name(), source.said());
                if (other != null) problems.add(other + " and " + source.said() + " are both " + candidate.name() + "; one version of a plug-in can be installed at a time");
                candidates.add(candidate);
                remarks.addAll(candidate.remarks());
            } catch (PluginException e) {
                problems.addAll(e.problems());
            }
        if (!problems.isEmpty()) throw new PluginException(problems);
        for (Candidate c : candidates) {
            store.adopt(c.staged(), c.sha256());
            Files.deleteIfExists(c.staged());
        }
    }

    /** What is wanted with these; equal to what was if all of it is there. @throws PluginException if the mode forbids it */
    List<Entry> into(Snapshot now, Mode mode) throws PluginException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        now.entries().forEach(e -> entries.put(e.name(), e));
        List<String> problems = new ArrayList<>();
        for (Candidate c : candidates) {
            Optional<Entry> old = now.entry(c.name());
            if (old.isPresent() && old.get().sha256().equals(c.sha256())) {
                remarks.add(c.title() + " is installed already, the very same file");
                continue;
            }
            if (old.isPresent() && mode == Mode.INSTALL)
                problems.add(old.get().title() + " is installed already, from " + old.get().origin() + "; 'relata plugin update' replaces it");
            if (old.isEmpty() && mode == Mode.UPDATE) problems.add(c.name() + " is not installed; 'relata plugin install' installs it");
            old.filter(o -> Version.parseVersion(o.version()).compareTo(c.version()) > 0).ifPresent(o -> remarks.add(c.title() + " is older than " + o.version() + ", which it replaces"));
            entries.put(c.name(), c.entry().enabled(old.isEmpty() || old.get().enabled()).in(c.feature().isEmpty() && old.isPresent() ? old.get().feature() : c.feature()));
        }
        if (!problems.isEmpty()) throw new PluginException(problems);
        return List.copyOf(entries.values());
    }
}
