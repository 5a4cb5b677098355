package relata.recipe;

/**
 * An interval of numbers, as {@code [0, 1)} or {@code (0, inf)}.
 *
 * @param text as written
 */
record Interval(String text, double low, boolean lowInside, double high, boolean highInside) {
    /** @throws IllegalArgumentException if the text is no interval */
    static Interval of(String text) {
        String s = text.strip();
        int comma = s.indexOf(',');
        if (comma < 0 || s.length() < 5 || "[(".indexOf(s.charAt(0)) < 0 || "])".indexOf(s.charAt(s.length() - 1)) < 0)
            throw new IllegalArgumentException("'" + text + "' is not an interval such as [0, 1) or (0, inf)");
        return new Interval(s, bound(s.substring(1, comma)), s.charAt(0) == '[', bound(s.substring(comma + 1, s.length() - 1)), s.endsWith("]"));
    }

    boolean contains(double value) {
        return (lowInside ? value >= low : value > low) && (highInside ? value <= high : value < high);
    }

    private static double bound(String text) {
        return switch (text.strip()) {
            case "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text.strip());
        };
    }
}
