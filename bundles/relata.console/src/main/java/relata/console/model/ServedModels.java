package relata.console.model;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import relata.api.corpus.Example;
import relata.api.evaluate.Embeddings;
import relata.api.evaluate.Predictions;
import relata.api.evaluate.RelationModel;
import relata.api.plugin.Leases;
import relata.api.run.RunFolder;
import relata.api.run.TrainedModel;
import relata.api.run.Workbench;
import relata.console.rest.Refusal;
import relata.console.rest.Site;

/**
 * The models of runs, opened when they are first asked, one of each for all who ask, and closed when nobody has asked for a while or others are asked for. An
 * open model keeps the plug-ins that it works with.
 */
@Component(service = ServedModels.class)
public final class ServedModels {
    /** Models that are open at once, at most: one of MiniLM's size takes 0.1 to 0.2 GB. */
    static final int MOST_OPEN = 3;
    /** Seconds after which a model that nobody asks is closed. */
    static final long IDLE = 600;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A model and the run that made it. */
    record Found(RunFolder run, TrainedModel model) {
        /** What clients call it. */
        String id() {
            return run.id() + "." + model.stage();
        }
    }

    /** @param stamp of its folder, at a time when it was as found */
    private record Open(Found found, ModelQueue queue, FolderStamp stamp) {}

    private final Site site;
    private final Workbench workbench;
    private final Leases leases;
    private final Trainings trainings;
    private final Duration patience;
    private final Map<String, Open> open = new HashMap<>();
    private final Object opening = new Object();
    private final Map<String, Instant> asked = new HashMap<>();
    private final LongConsumer guest = this::serve;
    private int breaks;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "relata-models");
        thread.setDaemon(true);
        return thread;
    });

    /** Over the runs of a site. */
    @Activate
    public ServedModels(@Reference Site site, @Reference Workbench workbench, @Reference Leases leases, @Reference Trainings trainings) {
        this(site, workbench, leases, trainings, PATIENCE);
    }

    /** @param patience how long an answer is waited for */
    ServedModels(Site site, Workbench workbench, Leases leases, Trainings trainings, Duration patience) {
        this.site = site;
        this.workbench = workbench;
        this.leases = leases;
        this.trainings = trainings;
        this.patience = patience;
        trainings.addGuest(guest);
        clock.scheduleWithFixedDelay(() -> closeIdle(Instant.now()), IDLE / 10, IDLE / 10, TimeUnit.SECONDS);
    }

    /** Closes all. */
    @Deactivate
    public void close() {
        trainings.removeGuest(guest);
        clock.shutdownNow();
        synchronized (this) {
            open.values().forEach(o -> o.queue().close());
            open.clear();
        }
    }

    /** All models, those of the latest runs first. */
    List<Found> all() throws IOException {
        List<Found> found = new ArrayList<>();
        List<RunFolder> runs = new ArrayList<>(site.runs().list(site.root()));
        Collections.reverse(runs);
        for (RunFolder run : runs) for (TrainedModel model : workbench.models(run.path())) if (model.epochs().isEmpty()) found.add(new Found(run, model));
        return found;
    }

    /** True if a model is open. */
    synchronized boolean isOpen(String id) {
        return open.containsKey(id);
    }

    /** A model by the id that {@link Found#id} gives. @throws Refusal if there is none, or it does not predict */
    Found find(String id) throws Refusal, IOException {
        Optional<Found> known = known(id);
        if (known.isPresent()) return known.get();
        for (Found found : all()) {
            if (!found.id().equals(id)) continue;
            if (!found.model().predicts()) throw new Refusal(409, "no-answers", "The model '" + id + "' is an encoder alone: it gives vectors but no answers. Models of stages that classify give answers.");
            return found;
        }
        throw new Refusal(404, "no-such-model", "There is no model '" + id + "'. GET /api/v1/models lists what there is.");
    }

    /** What is open was looked up before; its run may have been removed since, or the model exported. That is seen by the folder alone, as this is asked for each request. */
    private Optional<Found> known(String id) throws IOException {
        Open known;
        synchronized (this) {
            known = open.get(id);
        }
        if (known == null) return Optional.empty();
        Found found = known.found();
        FolderStamp now = FolderStamp.of(found.model().folder());
        if (!now.entries().isEmpty() && now.equals(known.stamp())) return Optional.of(found);
        // stamped before it is read: what changes in between is seen the next time
        if (!workbench.models(found.run().path()).contains(found.model())) return Optional.empty();
        synchronized (this) {
            open.replace(id, known, new Open(found, known.queue(), now));
        }
        return Optional.of(found);
    }

    /** Answers examples, together with what others ask at the same time. */
    Predictions predict(Found model, List<Example> examples) throws Refusal {
        return ask(model, queue -> queue.predict(examples));
    }

    /** What works out a model's answers, for people; empty if it is not open. */
    synchronized String engine(String id) {
        Open known = open.get(id);
        return known == null ? "" : known.queue().engine();
    }

    /** Relation vectors of examples. */
    Embeddings encode(Found model, List<Example> examples) throws Refusal {
        return ask(model, queue -> queue.encode(examples));
    }

    private <T> T ask(Found model, Function<ModelQueue, CompletableFuture<T>> question) throws Refusal {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            answer = question.apply(queue(model));
            return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (IllegalStateException e) {
            // too much waits, or the model was closed between being found and being asked
            throw new Refusal(503, "busy", String.valueOf(e.getMessage()));
        } catch (TimeoutException e) {
            // nobody waits for it any more: the model need not answer it
            answer.cancel(false);
            throw new Refusal(503, "busy", "There was no answer within " + patience.toSeconds() + " seconds: the machine is busy. Ask again later, or about fewer sentences.");
        } catch (ExecutionException e) {
            throw new Refusal(500, "failed", "The model failed: " + Optional.ofNullable(e.getCause()).map(Throwable::getMessage).orElse(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            answer.cancel(false);
            Thread.currentThread().interrupt();
            throw new Refusal(503, "stopping", "The console is being stopped.");
        }
    }

    /** Opened once, also when many ask at the same time; what is open answers meanwhile. */
    private ModelQueue queue(Found model) throws Refusal {
        Optional<ModelQueue> known = known(model);
        if (known.isPresent()) return known.get();
        synchronized (opening) {
            known = known(model);
            if (known.isPresent()) return known.get();
            // stamped before it is opened: what changes in between is seen the next time
            FolderStamp stamp = FolderStamp.of(model.model().folder());
            ModelQueue queue = begin(model);
            synchronized (this) {
                while (open.size() >= MOST_OPEN) shut(longest());
                open.put(model.id(), new Open(model, queue, stamp));
            }
            return queue;
        }
    }

    private synchronized Optional<ModelQueue> known(Found model) {
        Open known = open.get(model.id());
        boolean answers = known != null && known.found().model().equals(model.model()) && !known.queue().isClosed();
        if (!answers) shut(model.id());
        asked.put(model.id(), Instant.now());
        return answers && known != null ? Optional.of(known.queue()) : Optional.empty();
    }

    private ModelQueue begin(Found model) throws Refusal {
        Leases.Lease lease = leases.take("model " + model.id());
        try {
            RelationModel opened = workbench.open(model.model().folder());
            return new ModelQueue(model.id(), opened, trainings, lease::close);
        } catch (Exception | LinkageError e) {
            lease.close();
            throw new Refusal(409, "cannot-open", "The model '" + model.id() + "' cannot be opened: " + e.getMessage());
        }
    }

    /** A training has a break: what waits is answered, by one model after the other, each time another first. */
    private void serve(long nanos) {
        List<ModelQueue> queues;
        synchronized (this) {
            queues = new ArrayList<>(open.values().stream().map(Open::queue).toList());
        }
        Collections.rotate(queues, breaks++);
        long end = System.nanoTime() + nanos;
        for (ModelQueue queue : queues) queue.serve(end - System.nanoTime());
    }

    /** The one that nobody has asked for the longest time. */
    private String longest() {
        return open.keySet().stream().min((a, b) -> asked.getOrDefault(a, Instant.MIN).compareTo(asked.getOrDefault(b, Instant.MIN))).orElseThrow();
    }

    private void shut(String id) {
        Open known = open.remove(id);
        asked.remove(id);
        if (known != null) known.queue().close();
    }

    /** Closes what nobody has asked for a while, and what is no longer there. */
    synchronized void closeIdle(Instant now) {
        for (String id : List.copyOf(open.keySet())) {
            boolean idle = asked.getOrDefault(id, Instant.MIN).plusSeconds(IDLE).isBefore(now);
            if (idle || !Files.isDirectory(open.get(id).found().model().folder())) shut(id);
        }
    }
}
