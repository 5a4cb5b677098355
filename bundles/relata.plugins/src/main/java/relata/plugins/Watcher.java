package relata.plugins;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks about once a second for what other processes changed and for what was put into the watched folder, as long as the platform runs. */
@Component(service = Watcher.class, immediate = true)
public final class Watcher {
    private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);
    private final ScheduledExecutorService executor;
    private List<String> said = List.of();

    /** The property {@code relata.plugins.poll} says how many milliseconds lie between two looks; 0: none are taken. */
    @Activate
    public Watcher(BundleContext context, @Reference Keeper keeper) {
        executor = Executors.newSingleThreadScheduledExecutor(r -> {
            Thread thread = new Thread(r, "relata plug-ins");
            thread.setDaemon(true);
            return thread;
        });
        long millis = Long.parseLong(Objects.requireNonNullElse(context.getProperty("relata.plugins.poll"), "1000"));
        if (millis > 0) executor.scheduleWithFixedDelay(() -> look(keeper), millis, millis, TimeUnit.MILLISECONDS);
    }

    private void look(Keeper keeper) {
        try {
            List<String> refused = keeper.follow();
            refused.stream().filter(r -> !said.contains(r)).forEach(LOG::warn);
            said = refused;
        } catch (RuntimeException | Error e) {
            LOG.warn("the plug-ins cannot be followed: {}", e.toString()); // the next look may do better
        }
    }

    @Deactivate
    void end() {
        executor.shutdownNow();
    }
}
