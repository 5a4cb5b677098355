package relata.cli;

import java.util.Objects;

/**
 * What the output is connected to.
 *
 * @param interactive true if a person looks at it
 * @param colour true if it may be coloured
 * @param columns characters that fit on a line
 */
record Terminal(boolean interactive, boolean colour, int columns) {
    private static final int USUAL_COLUMNS = 80;

    /** The terminal of this process, after the customs of {@code TERM} and {@code NO_COLOR}. */
    static Terminal ofProcess() {
        boolean interactive = System.console() != null && !Objects.requireNonNullElse(System.getenv("TERM"), "dumb").equals("dumb");
        boolean plain = !Objects.requireNonNullElse(System.getenv("NO_COLOR"), "").isEmpty();
        return new Terminal(interactive, interactive && !plain, columns(Objects.requireNonNullElse(System.getenv("COLUMNS"), "")));
    }

    /** What {@code COLUMNS} says, which the start script sets; where it says nothing sensible, what fits nearly everywhere. */
    static int columns(String given) {
        return given.matches("[1-9]\\d{1,3}") ? Integer.parseInt(given) : USUAL_COLUMNS;
    }

    String bold(String text) {
        return colour ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    String underlined(String text) {
        return colour ? "\u001b[4m" + text + "\u001b[0m" : text;
    }

    String green(String text) {
        return colour ? "\u001b[32m" + text + "\u001b[0m" : text;
    }
}
