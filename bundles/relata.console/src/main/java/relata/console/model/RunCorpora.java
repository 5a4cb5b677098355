package relata.console.model;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.corpus.Corpus;
import relata.api.corpus.Example;
import relata.api.plugin.Leases;
import relata.api.run.Recipe;
import relata.api.run.RecipeException;
import relata.api.run.Recipes;
import relata.api.run.RunFolder;
import relata.api.run.Workbench;

/**
 * The corpora of runs: run folders hold answers, not sentences. Read again when they are asked for; the last ones are kept. Who asks for one that is being read waits for
 * it, and for no other.
 */
@Component(service = RunCorpora.class)
public final class RunCorpora {
    private static final int KEPT = 2;
    /** Corpora that are read at once, at most, as each needs memory. */
    static final int AT_ONCE = 4;

    /** A corpus with its examples by id. */
    record Known(Corpus corpus, Map<String, Example> examples) {
        static Known of(Corpus corpus) {
            Map<String, Example> examples = new HashMap<>();
            corpus.splits().values().forEach(split -> split.forEach(e -> examples.put(e.id(), e)));
            return new Known(corpus, Collections.unmodifiableMap(examples));
        }

        /** A question's sentence; empty if the corpus has no such question any more. */
        Optional<Shown> shown(String example, int pair) {
            return Optional.ofNullable(examples.get(example)).filter(e -> pair < e.pairs().size()).map(e -> Shown.of(e, pair));
        }
    }

    private final Recipes recipes;
    private final Workbench workbench;
    private final Leases leases;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final Map<Map<String, String>, Future<Known>> reading = new HashMap<>();
    private final Map<Map<String, String>, Known> kept = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Map<String, String>, Known> eldest) {
            return size() > KEPT;
        }
    };

    /** With what reads recipes and corpora. */
    @Activate
    public RunCorpora(@Reference Recipes recipes, @Reference Workbench workbench, @Reference Leases leases) {
        this.recipes = recipes;
        this.workbench = workbench;
        this.leases = leases;
    }

    /** The recipe of a run. @throws RecipeException if its parts are no longer installed */
    Recipe recipe(RunFolder run) throws RecipeException {
        return recipes.read(run.id(), run.recipe(), Map.of());
    }

    /**
     * The corpus of a stage of a run.
     *
     * @throws RecipeException if its reader is no longer installed
     * @throws IOException if it can no longer be read
     */
    Known of(RunFolder run, String stage) throws RecipeException, IOException {
        Map<String, String> key = key(recipes.settings(run.id(), run.recipe()), stage);
        FutureTask<Known> own = new FutureTask<>(() -> read(run, stage));
        Future<Known> first;
        synchronized (this) {
            Known known = kept.get(key);
            if (known != null) return known;
            first = reading.putIfAbsent(key, own);
        }
        if (first != null) return known(first);
        own.run();
        synchronized (this) {
            // what failed is read anew for the next who asks
            reading.remove(key);
            Known known = known(own);
            kept.put(key, known);
            return known;
        }
    }

    private Known read(RunFolder run, String stage) throws RecipeException, IOException {
        room.acquireUninterruptibly();
        try (Leases.Lease lease = leases.take("corpus of " + run.id())) {
            return Known.of(workbench.corpus(recipe(run), stage));
        } finally {
            room.release();
        }
    }

    /** What was read, or what it failed with. */
    private static Known known(Future<Known> reading) throws RecipeException, IOException {
        try {
            return reading.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RecipeException mistakes) throw mistakes;
            if (e.getCause() instanceof IOException unreadable) throw unreadable;
            if (e.getCause() instanceof RuntimeException failure) throw failure;
            if (e.getCause() instanceof Error failure) throw failure;
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the console is being stopped");
        }
    }

    /** What says which corpus it is: the stage's own settings of it, else the recipe's. */
    private static Map<String, String> key(Map<String, String> settings, String stage) {
        for (String path : List.of("stages." + stage + ".with.corpus.", "corpus.")) {
            Map<String, String> own = new TreeMap<>();
            settings.forEach((key, value) -> {
                if (key.startsWith(path)) own.put(key.substring(path.length()), value);
            });
            if (!own.isEmpty()) return own;
        }
        return Map.of();
    }
}
