package relata.console.rest;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What happens, as server-sent events. */
@Component(service = Resource.class)
public final class EventsResource implements Resource {
    private final Site site;
    private final Events events;

    /** @param follower tells of the runs of other processes */
    @Activate
    public EventsResource(@Reference Site site, @Reference Events events, @Reference Follower follower) {
        this.site = site;
        this.events = events;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/events", "What happens in all runs, as server-sent events run, stage, progress, metric, said; lost says how many a slow client missed.", Feed.class,
                        r -> events.feed(e -> true, r.last())),
                Route.get("/runs/{run}/events", "What happens in a run, as server-sent events.", Feed.class, r -> {
                    String run = site.run(r.path("run")).id();
                    return events.feed(e -> e.run().equals(run), r.last());
                }));
    }
}
