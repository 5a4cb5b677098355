package relata.corpus.biomedical;

import relata.corpus.text.Unit;

/** What the offsets of a file count. */
public enum OffsetUnit {
    /** Unicode code points, as in Python. */
    CODEPOINT(Unit.CODEPOINT),
    /** UTF-16 units, as in Java and JavaScript. */
    UTF16(Unit.UTF16),
    /** Bytes of UTF-8. */
    BYTE(Unit.BYTE);

    private final Unit unit;

    OffsetUnit(Unit unit) {
        this.unit = unit;
    }

    /** The same, as offsets are looked up. */
    Unit unit() {
        return unit;
    }
}
