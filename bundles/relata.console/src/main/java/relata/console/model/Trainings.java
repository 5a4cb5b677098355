package relata.console.model;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import relata.api.run.Recipe;
import relata.api.run.RunListener;
import relata.api.run.RunStatus;

/** Knows whether this process works on a run. */
@Component(service = {Trainings.class, RunListener.class})
public final class Trainings implements RunListener {
    private final Set<String> runs = ConcurrentHashMap.newKeySet();

    /** None yet. */
    @Activate
    public Trainings() {}

    /** True while a run is under way. */
    boolean underWay() {
        return !runs.isEmpty();
    }

    @Override
    public void runStarted(String run, Recipe recipe) {
        runs.add(run);
    }

    @Override
    public void runFinished(String run, RunStatus status) {
        runs.remove(run);
    }
}
