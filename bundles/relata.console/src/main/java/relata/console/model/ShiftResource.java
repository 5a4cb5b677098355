package relata.console.model;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.result.Results;
import relata.api.run.RunFolder;
import relata.console.rest.Refusal;
import relata.console.rest.Request;
import relata.console.rest.Resource;
import relata.console.rest.Route;
import relata.console.rest.Site;

/** The cases in which a model changed its answer because words were changed that do not matter. */
@Component(service = Resource.class)
public final class ShiftResource implements Resource {
    private static final Gson GSON = new Gson();
    private static final int MOST = 500;
    private static final String FILE = "shifts.jsonl";

    private final Site site;
    private final Results results;
    private final HeavyRequests heavy;

    /** Over the runs of a site. */
    @Activate
    public ShiftResource(@Reference Site site, @Reference Results results, @Reference HeavyRequests heavy) {
        this.site = site;
        this.results = results;
        this.heavy = heavy;
    }

    /** A line of {@code shifts.jsonl}; those of early runs have texts alone. */
    private record Line(
            String example, int pair, List<String> gold, String before, String after, String original, String neighbour, @Nullable List<String> tokens, @Nullable List<List<Integer>> head,
            @Nullable List<List<Integer>> tail, @Nullable List<Integer> kept, @Nullable List<String> neighbourTokens, @Nullable List<List<Integer>> neighbourHead,
            @Nullable List<List<Integer>> neighbourTail, @Nullable List<Integer> changed) {
        boolean whole() {
            return example != null && gold != null && before != null && after != null && original != null && neighbour != null;
        }
    }

    /**
     * A case.
     *
     * @param gold the right labels
     * @param before the answer to the original
     * @param after the answer to its neighbour
     * @param kept tokens of the original that were not to be changed: the entities, and what the augmenter's guards keep, such as the shortest path
     * @param changed tokens of the neighbour that are replaced, moved or new
     */
    record Case(String example, int pair, List<String> gold, String before, String after, Shown original, Shown neighbour, List<Integer> kept, List<Integer> changed) {
        private static Case of(Line line) {
            if (line.tokens() != null && line.neighbourTokens() != null)
                return new Case(line.example(), line.pair(), line.gold(), line.before(), line.after(), shown(line.tokens(), line.head(), line.tail()),
                        shown(line.neighbourTokens(), line.neighbourHead(), line.neighbourTail()), some(line.kept()), some(line.changed()));
            List<String> original = List.of(line.original().split(" ")), neighbour = List.of(line.neighbour().split(" "));
            List<Integer> changed = original.size() != neighbour.size() ? List.of() : IntStream.range(0, original.size()).filter(i -> !original.get(i).equals(neighbour.get(i))).boxed().toList();
            return new Case(line.example(), line.pair(), line.gold(), line.before(), line.after(), shown(original, null, null), shown(neighbour, null, null), List.of(), changed);
        }

        private static Shown shown(List<String> tokens, @Nullable List<List<Integer>> head, @Nullable List<List<Integer>> tail) {
            return new Shown(tokens, some(head), some(tail));
        }

        private static <T> List<T> some(@Nullable List<T> list) {
            return list == null ? List.of() : list;
        }
    }

    /**
     * Some cases.
     *
     * @param total how many there are
     * @param figures count and rate
     * @param stages the stages that have some
     */
    record Page(String stage, List<String> stages, Map<String, Double> figures, int total, List<Case> cases) {}

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/runs/{run}/shift", "Prediction shift: original and changed sentence side by side, where the answer changed.", Page.class, heavy.few(this::shift))
                .query("stage", "The stage of the kind prediction-shift; the last one if not given.").query("limit", "How many at most, from 1 to " + MOST + "; 50 if not given.")
                .query("offset", "How many to leave out at the beginning."));
    }

    private Page shift(Request request) throws Refusal, IOException {
        RunFolder run = site.run(request.path("run"));
        int limit = request.number("limit", 50, 1, MOST), offset = request.number("offset", 0, 0, Integer.MAX_VALUE);
        List<String> stages = results.stages(run.path()).stream().filter(s -> Files.isRegularFile(run.path().resolve("stages").resolve(s).resolve(FILE))).toList();
        String stage = request.query("stage");
        if (stages.isEmpty()) throw new Refusal(404, "no-shift", "The run " + run.id() + " measured no prediction shift: a stage of the kind prediction-shift does, once it is done.");
        if (!stage.isEmpty() && !stages.contains(stage)) throw new Refusal(404, "no-shift", "The stage '" + stage + "' of " + run.id() + " measured no prediction shift.", stages.stream().map(s -> s + " did.").toList());
        String named = stage.isEmpty() ? stages.get(stages.size() - 1) : stage;
        List<Case> cases = read(run.path().resolve("stages").resolve(named).resolve(FILE));
        return new Page(named, stages, results.figures(run.path()).getOrDefault(named, Map.of()), cases.size(), cases.stream().skip(offset).limit(limit).toList());
    }

    private static List<Case> read(Path file) throws IOException {
        List<Case> cases = new ArrayList<>();
        try (BufferedReader in = Files.newBufferedReader(file)) {
            for (String text = in.readLine(); text != null; text = in.readLine()) {
                Line line = GSON.fromJson(text, Line.class);
                if (line == null || !line.whole()) throw new IOException(file + " line " + (cases.size() + 1) + ": a case was expected, with example, gold, before, after, original and neighbour");
                cases.add(Case.of(line));
            }
        } catch (JsonParseException e) {
            throw new IOException(file + " line " + (cases.size() + 1) + " is damaged: " + e.getMessage(), e);
        }
        return cases;
    }
}
