package relata.runtime;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import relata.api.component.Parts;
import relata.api.component.Ref;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.plugin.Leases;
import relata.api.run.Mistake;
import relata.api.run.Recipe;
import relata.api.run.RecipeException;
import relata.api.run.RecipeRunner;
import relata.api.run.RunFolder;
import relata.api.run.RunListener;
import relata.api.run.RunStatus;
import relata.api.run.Stage;

/** Runs a recipe's stages one after the other, and runs one after the other: gradients are recorded by one training at a time. */
@Component
public final class GraphRunner implements RecipeRunner {
    private final CreatedParts parts;
    private final PartCatalogue catalogue;
    private final Provenance provenance;
    private final Leases leases;
    private final ReentrantLock queue = new ReentrantLock(true);
    private final List<RunListener> listeners = new CopyOnWriteArrayList<>();

    @Activate
    public GraphRunner(@Reference CreatedParts parts, @Reference PartCatalogue catalogue, @Reference Provenance provenance, @Reference Leases leases) {
        this.parts = parts;
        this.catalogue = catalogue;
        this.provenance = provenance;
        this.leases = leases;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addListener(RunListener listener) {
        listeners.add(listener);
    }

    void removeListener(RunListener listener) {
        listeners.remove(listener);
    }

    @Override
    public void check(Recipe recipe, Corpus corpus) throws RecipeException {
        check(recipe, name -> SettingWalk.corpus(recipe.stages().get(name).config()).isPresent() ? Optional.empty() : Optional.of(corpus), catalogue.now());
    }

    @Override
    public RunStatus run(Recipe recipe, RunFolder folder, BooleanSupplier stop, RunListener listener) throws Exception {
        List<RunListener> all = new ArrayList<>(listeners);
        all.add(listener);
        RunListener told = new ToldAll(all);
        try (Leases.Lease lease = leases.take("run " + folder.id())) {
            return run(recipe, folder, stop, told, catalogue.now());
        }
    }

    /** @param providers what the run keeps from beginning to end */
    private RunStatus run(Recipe recipe, RunFolder folder, BooleanSupplier stop, RunListener told, Providers providers) throws Exception {
        queue.lockInterruptibly();
        try (AutoCloseable held = folder.lock()) {
            folder.status(RunStatus.RUNNING, "");
            told.runStarted(folder.id(), recipe);
            RunStatus end = RunStatus.FAILED;
            try {
                stages(recipe, folder, stop, told, providers);
                folder.status(RunStatus.DONE, "");
                end = RunStatus.DONE;
            } catch (InterruptedException e) {
                end = RunStatus.STOPPED;
                folder.status(end, "");
            } catch (Exception | Error e) {
                noteFailure(folder, e);
                throw e;
            } finally {
                told.runFinished(folder.id(), end);
            }
            return end;
        } finally {
            queue.unlock();
        }
    }

    /** A full disk must not put its own trouble with status and log in the place of what failed. */
    private static void noteFailure(RunFolder folder, Throwable failure) {
        try {
            folder.status(RunStatus.FAILED, Words.of(failure));
            folder.log("failed: " + Words.of(failure));
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void stages(Recipe recipe, RunFolder folder, BooleanSupplier stop, RunListener told, Providers providers) throws Exception {
        Parts own = parts.from(providers);
        Corpora corpora = read(recipe, own, providers);
        check(recipe, name -> Optional.of(corpora.of(name)), providers);
        sameAsBefore(folder, corpora);
        provenance.write(folder, recipe, corpora, providers);
        for (Map.Entry<String, Ref<Stage>> entry : recipe.stages().entrySet()) {
            String name = entry.getKey();
            if (stop.getAsBoolean()) throw new InterruptedException("stopped before stage " + name);
            boolean done = folder.finished(name);
            told.stageStarted(folder.id(), name, done);
            if (done) continue;
            // lines of an earlier attempt that no step places: the stage writes them again
            folder.truncateMetrics(name, Long.MAX_VALUE);
            folder.log("stage " + name + " starts");
            try {
                own.create(entry.getValue()).run(new RunContext(name, recipe, corpora.of(name), folder, own, stop, told, System.nanoTime()));
            } catch (InterruptedException | OutOfMemoryError e) {
                throw e;
            } catch (Exception | Error e) {
                throw new StageException(name, Blame.of(entry.getValue(), recipe, providers, e), e);
            }
            folder.finish(name);
            folder.log("stage " + name + " is done");
            told.stageFinished(folder.id(), name);
        }
    }

    /** Equal corpora are read once. If one cannot be read, all else that is wrong with the recipe is told with it: nobody should mend a mistake to hear of the next. */
    private Corpora read(Recipe recipe, Parts own, Providers providers) throws Exception {
        Map<Ref<CorpusReader>, Corpus> read = new HashMap<>();
        Map<Ref<CorpusReader>, Exception> failed = new LinkedHashMap<>();
        List<Mistake> mistakes = new ArrayList<>();
        for (Map.Entry<String, Ref<CorpusReader>> named : Corpora.named(recipe).entrySet()) {
            Ref<CorpusReader> reader = named.getValue();
            if (read.containsKey(reader) || failed.containsKey(reader)) continue;
            try {
                read.put(reader, read(reader, own, providers));
            } catch (Exception e) {
                failed.put(reader, e);
                mistakes.add(new Mistake(-1, named.getKey(), Words.of(e)));
            }
        }
        if (failed.isEmpty()) return Corpora.of(recipe, read);
        try {
            check(recipe, name -> Optional.ofNullable(read.get(Corpora.named(recipe, recipe.stages().get(name)))), providers);
        } catch (RecipeException e) {
            mistakes.addAll(e.mistakes());
        } catch (RuntimeException e) {
            // a part that fails at being made: without a corpus nobody can tell whether that is why
            failed.values().iterator().next().addSuppressed(e);
        }
        if (mistakes.size() == 1) throw failed.values().iterator().next();
        RecipeException all = new RecipeException(recipe.name(), mistakes);
        failed.values().forEach(all::addSuppressed);
        throw all;
    }

    /** A reader of the platform says itself what is wrong with which file; one of a plug-in is named. */
    private static Corpus read(Ref<CorpusReader> reader, Parts own, Providers providers) throws Exception {
        try {
            return own.create(reader).read();
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Exception | Error e) {
            List<Ref<?>> refs = new ArrayList<>(SettingWalk.refs(reader));
            refs.removeIf(ref -> !foreign(ref, providers));
            if (refs.isEmpty()) throw e;
            throw new IOException("the corpus cannot be read" + Blame.within(refs, providers, e) + ": " + Words.of(e), e);
        }
    }

    /** A check asks the parts themselves; what is wrong with the recipe is told as it is, a plug-in that cannot answer is named. */
    private void check(Recipe recipe, Function<String, Optional<Corpus>> corpora, Providers providers) throws RecipeException {
        try {
            RecipeCheck.check(recipe, corpora, parts.from(providers));
        } catch (RecipeException | OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            List<Ref<?>> refs = new ArrayList<>(SettingWalk.refs(recipe.corpus()));
            refs.addAll(SettingWalk.refs(recipe.encoder()));
            recipe.stages().values().forEach(stage -> refs.addAll(SettingWalk.refs(stage)));
            if (refs.stream().noneMatch(ref -> foreign(ref, providers))) throw e;
            throw new IllegalStateException("the recipe cannot be checked" + Blame.within(refs, providers, e) + ": " + Words.of(e), e);
        }
    }

    private static boolean foreign(Ref<?> ref, Providers providers) {
        return providers.known(ref).filter(Blame::isForeign).isPresent();
    }

    /** A run that goes on must do and read what it began with. */
    private static void sameAsBefore(RunFolder folder, Corpora corpora) throws IOException {
        Path file = folder.path().resolve("provenance.json");
        if (!Files.isRegularFile(file)) return;
        JsonObject before;
        try {
            before = new Gson().fromJson(Files.readString(file), JsonObject.class);
        } catch (JsonParseException e) {
            throw new IOException(damaged(file), e);
        }
        if (before == null) throw new IOException(damaged(file));
        JsonElement recipe = before.get(Provenance.RECIPE_HASH), inputs = before.get("inputs"), now = new Gson().toJsonTree(corpora.recipe().inputs());
        if (recipe != null && !recipe.getAsString().equals(Provenance.sha256(folder.recipe())))
            throw new IOException(folder.path().resolve("recipe.yaml") + " has changed since this run began, so it cannot go on to the same numbers. Put it back as it was, or start a new run.");
        sameInputs(inputs, now, "");
        JsonElement stages = before.get(Provenance.STAGE_CORPORA);
        for (Map.Entry<String, Corpus> own : corpora.own().entrySet())
            if (stages instanceof JsonObject all && all.get(own.getKey()) instanceof JsonObject stage)
                sameInputs(stage.get("inputs"), new Gson().toJsonTree(own.getValue().inputs()), " of stage '" + own.getKey() + "'");
    }

    private static void sameInputs(@Nullable JsonElement before, JsonElement now, String whose) throws IOException {
        if (before != null && !before.equals(now))
            throw new IOException("the data" + whose + " have changed since this run began, so it cannot go on to the same numbers: it read " + before + ", now there is " + now + ". Start a new run.");
    }

    private static String damaged(Path file) {
        return file + " is damaged, so nothing tells whether recipe and data are those that this run began with. Without that file, it goes on unchecked.";
    }

    /** A stage failed. */
    static final class StageException extends Exception {
        private static final long serialVersionUID = 1;

        StageException(String stage, String part, Throwable cause) {
            super("stage '" + stage + "' (" + part + ") failed: " + Words.of(cause), cause);
        }
    }
}
