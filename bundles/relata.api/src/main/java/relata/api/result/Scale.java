package relata.api.result;

import java.util.List;
import java.util.Locale;

/**
 * How the numbers of a table are written.
 *
 * @param percent shares of one, times 100
 */
public record Scale(boolean percent) {
    /** Of a figure: percent where it is a share of one, as most are; counts are left as they are. @param number its name without stage */
    public static Scale of(String number, List<Double> values) {
        boolean count = number.endsWith("-count") || number.endsWith("-positives") || number.startsWith("support") || number.contains(" -> ");
        return new Scale(!count && values.stream().allMatch(v -> v >= 0 && v <= 1));
    }

    /** A number on this scale. */
    public String number(double value) {
        return percent ? String.format(Locale.ROOT, "%.2f", value * 100) : Spread.number(value);
    }

    /** A difference on this scale, with its sign. */
    public String difference(double value) {
        return percent ? String.format(Locale.ROOT, "%+.2f", value * 100) : String.format(Locale.ROOT, "%+.4f", value);
    }

    /** What a difference is counted in, with a space before it, or nothing. */
    public String unit() {
        return percent ? " points" : "";
    }
}
