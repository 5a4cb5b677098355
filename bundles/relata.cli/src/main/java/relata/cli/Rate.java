package relata.cli;

import java.util.Locale;
import relata.api.run.Progress;

/** How fast something goes and how long it will take, from the reports of its progress. */
final class Rate {
    private static final double SECOND = 1e9;

    private String what = "";
    private long firstDone;
    private long firstTime;
    private long lastDone;

    /** Takes note of a report; a new kind of work starts anew, and so does the same kind from its beginning, as in the next stage. @param now nanoseconds */
    void see(Progress progress, long now) {
        boolean goesOn = progress.what().equals(what) && progress.done() >= lastDone;
        lastDone = progress.done();
        if (goesOn) return;
        what = progress.what();
        // what was done before the first report (a resumed stage) took no time of ours
        firstDone = progress.done();
        firstTime = now;
    }

    /** Rate and time left, e.g. {@code 3.2 steps/s, 0:45 left}; empty while there is nothing to reckon with. */
    String text(Progress progress, long now) {
        double seconds = (now - firstTime) / SECOND;
        long done = progress.done() - firstDone;
        if (done <= 0 || seconds <= 0) return "";
        double rate = done / seconds;
        String text = rate >= 1 ? String.format(Locale.ROOT, "%.1f %s/s", rate, progress.unit()) : String.format(Locale.ROOT, "%.1f s per %s", 1 / rate, singular(progress.unit()));
        if (progress.total() <= progress.done()) return text;
        return text + ", " + time(Math.round((progress.total() - progress.done()) / rate)) + " left";
    }

    private static String singular(String unit) {
        return unit.endsWith("es") && !unit.endsWith("les") && !unit.endsWith("tes") ? unit.substring(0, unit.length() - 2) : unit.endsWith("s") ? unit.substring(0, unit.length() - 1) : unit;
    }

    /** {@code 0:45}, {@code 12:03}, {@code 1:02:03}. */
    static String time(long seconds) {
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
