package relata.console.rest;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.run.Health;

/** What {@code relata doctor} says. */
@Component(service = Resource.class)
public final class HealthResource implements Resource {
    private final Site site;
    private final Health health;

    /** @param health looks */
    @Activate
    public HealthResource(@Reference Site site, @Reference Health health) {
        this.site = site;
        this.health = health;
    }

    /** What was looked at. @param ok true if nothing is wrong */
    record Report(boolean ok, List<Health.Check> checks) {}

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/health", "Whether everything works that a run will need: what 'relata doctor' says.", Report.class, r -> {
            List<Health.Check> checks = health.checks(site.root());
            return new Report(checks.stream().allMatch(Health.Check::ok), checks);
        }));
    }
}
