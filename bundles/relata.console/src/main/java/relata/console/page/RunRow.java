package relata.console.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import relata.console.rest.RunSummary;

/** A row of the list of runs as the server writes it: the same words as the script's, which takes its place. */
final class RunRow {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private RunRow() {}

    static Map<String, Object> of(RunSummary run) {
        return Map.ofEntries(
                Map.entry("id", run.id()), Map.entry("href", "/runs/" + URLEncoder.encode(run.id(), StandardCharsets.UTF_8)), Map.entry("about", run.title().isEmpty() ? run.recipe() : run.title()),
                Map.entry("recipe", run.recipe()), Map.entry("status", run.status()), Map.entry("error", run.error()), Map.entry("stages", run.done() + " of " + run.stages()),
                Map.entry("seed", String.valueOf(run.seed())), Map.entry("iso", run.started().toString()), Map.entry("started", MOMENT.format(run.started())),
                Map.entry("took", took(run.worked())));
    }

    private static String took(double seconds) {
        if (seconds < 10) return String.format(Locale.ROOT, "%.1f s", seconds);
        long whole = Math.round(seconds);
        if (whole < 60) return whole + " s";
        return whole < 3600 ? whole / 60 + " min " + whole % 60 + " s" : whole / 3600 + " h " + whole % 3600 / 60 + " min";
    }
}
