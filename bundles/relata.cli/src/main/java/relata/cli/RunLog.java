package relata.cli;

import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;
import relata.api.run.Progress;
import relata.api.run.Recipe;
import relata.api.run.RunListener;
import relata.api.run.RunStatus;

/** Tells how a run gets on: a bar that moves on a terminal, else a line now and then. */
final class RunLog implements RunListener {
    private static final long BAR_EVERY = 100_000_000L;
    private static final long LINE_EVERY = 15_000_000_000L;
    private static final int BAR = 24;
    private static final int SHORTEST_BAR = 4;

    private final PrintWriter err;
    private final Terminal terminal;
    private final LongSupplier clock;
    private final Rate rate = new Rate();
    private long shown;
    private String what = "";
    private int width;

    /** @param clock nanoseconds */
    RunLog(PrintWriter err, Terminal terminal, LongSupplier clock) {
        this.err = err;
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public void runStarted(String run, Recipe recipe) {
        line(run, recipe.title().isEmpty() ? "starts" : recipe.title());
    }

    @Override
    public void stageStarted(String run, String stage, boolean done) {
        what = "";
        if (done) line(stage, "is done already");
        else line(stage, "starts");
    }

    @Override
    public synchronized void progress(String run, String stage, Progress progress) {
        long now = clock.getAsLong();
        rate.see(progress, now);
        boolean ends = progress.total() > 0 && progress.done() >= progress.total();
        boolean begins = !progress.what().equals(what);
        if (terminal.interactive()) {
            if (!ends && !begins && now - shown < BAR_EVERY) return;
            bar(stage, progress, now);
        } else {
            // the first report says that work begins, the last that it is done; between them one is enough every few seconds
            if (!ends && !begins && now - shown < LINE_EVERY) return;
            line(stage, text(progress, now, true));
        }
        what = progress.what();
        shown = now;
    }

    @Override
    public void said(String run, String stage, String text) {
        line(stage, text);
    }

    @Override
    public void stageFinished(String run, String stage) {
        line(stage, "is done");
    }

    @Override
    public void runFinished(String run, RunStatus status) {
        clear();
        err.flush();
    }

    private String text(Progress progress, long now, boolean units) {
        String of = progress.done() + (progress.total() > 0 ? "/" + progress.total() : "") + (units ? " " + progress.unit() : "");
        String speed = rate.text(progress, now);
        return progress.what() + ", " + of + (speed.isEmpty() ? "" : ", " + speed) + (progress.note().isEmpty() ? "" : ", " + progress.note());
    }

    private void bar(String stage, Progress progress, long now) {
        String text = fitted(stage, progress, now);
        String padding = " ".repeat(Math.max(0, width - text.length()));
        width = text.length();
        err.print("\r" + text + padding);
        err.flush();
    }

    /** A text that wraps cannot be overwritten: first the unit goes, then the bar, then what stands last. */
    private String fitted(String stage, Progress progress, long now) {
        int columns = terminal.columns() - 1;
        String text = text(progress, now, true);
        if (room(columns, stage, text) < SHORTEST_BAR) text = text(progress, now, false);
        int bar = Math.min(BAR, room(columns, stage, text));
        if (progress.total() > 0 && bar >= SHORTEST_BAR) {
            int full = (int) Math.min(bar, progress.done() * bar / progress.total());
            return stage + " [" + "#".repeat(full) + ".".repeat(bar - full) + "] " + text;
        }
        String whole = stage + ": " + text;
        return whole.length() <= columns ? whole : whole.substring(0, columns);
    }

    private static int room(int columns, String stage, String text) {
        return columns - stage.length() - " [] ".length() - text.length();
    }

    private synchronized void line(String who, String text) {
        clear();
        String time = LocalTime.now().truncatedTo(ChronoUnit.SECONDS).toString();
        err.println((time.length() == 5 ? time + ":00" : time) + "  " + terminal.bold(who) + ": " + text);
        err.flush();
    }

    private void clear() {
        if (width > 0) err.print("\r" + " ".repeat(width) + "\r");
        width = 0;
    }
}
