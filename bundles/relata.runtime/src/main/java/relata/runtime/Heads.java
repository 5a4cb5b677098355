package relata.runtime;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import relata.api.learn.Objective;
import relata.api.learn.Parameters;

/** The parameters of a stage's objectives in one set. */
final class Heads {
    private Heads() {}

    /**
     * All of them, under their own names where these are free. Of objectives with a name in common, e.g. two contrastive ones with a projection
     * each, the first keeps its names, and those of a later one begin with {@code objectives.N.}, N counting from 0; the objective that
     * classifies keeps its names in any case, by which the finished model is read.
     */
    static Parameters of(List<Objective> objectives, List<Objective.Term> terms) {
        int classifying = -1;
        for (int o = objectives.size() - 1; o >= 0; o--) if (objectives.get(o).classifies()) classifying = o;
        Set<String> taken = new HashSet<>();
        if (classifying >= 0) taken.addAll(names(terms.get(classifying)));
        Parameters heads = new Parameters();
        for (int o = 0; o < terms.size(); o++) {
            boolean free = o == classifying || names(terms.get(o)).stream().noneMatch(taken::contains);
            String prefix = free ? "" : "objectives." + o + ".";
            heads.addAll(prefix, terms.get(o).parameters());
            for (String name : names(terms.get(o))) taken.add(prefix + name);
        }
        return heads;
    }

    private static Set<String> names(Objective.Term term) {
        return term.parameters().all().keySet();
    }
}
