package relata.corpus.biomedical;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import relata.api.corpus.CorpusException;
import relata.corpus.text.Line;

/** The lines of a file that is in memory. */
final class Rows {
    private Rows() {}

    /** All lines, the blank ones too, without their ends. */
    static List<Line> lines(Inputs inputs, String name) throws IOException {
        Path file = inputs.path(name);
        List<Line> lines = new ArrayList<>();
        long number = 1;
        for (String line : inputs.text(name).split("\n", -1)) lines.add(new Line(file, number++, line.endsWith("\r") ? line.substring(0, line.length() - 1) : line));
        return lines;
    }

    /** The columns of a line between tabs. @throws CorpusException if there are more or fewer than expected */
    static String[] columns(Line line, String... names) throws CorpusException {
        String[] columns = line.text().split("\t", -1);
        if (columns.length != names.length)
            throw line.error("has " + columns.length + " columns, but " + names.length + " were expected, between tabs: " + String.join(", ", names));
        return columns;
    }

    /** A whole number from 0. */
    static int offset(Line line, String what, String digits) throws CorpusException {
        try {
            int offset = Integer.parseInt(digits);
            if (offset >= 0 && Character.isDigit(digits.charAt(0))) return offset;
        } catch (NumberFormatException e) {
            // said below
        }
        throw line.error(what + " was '" + digits + "' but must be a whole number from 0");
    }
}
