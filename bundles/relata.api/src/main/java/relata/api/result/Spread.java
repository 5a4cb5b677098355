package relata.api.result;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A number over several runs.
 *
 * @param median the middle one, or the mean of the two in the middle
 * @param mean the mean
 * @param deviation standard deviation with n - 1; 0 for a single number
 * @param min the smallest
 * @param max the largest
 * @param values all of them, in the order of the runs
 */
public record Spread(double median, double mean, double deviation, double min, double max, List<Double> values) {
    public Spread {
        values = List.copyOf(values);
    }

    /** Of some numbers. @param values at least one */
    public static Spread of(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int n = sorted.size();
        double median = (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
        double mean = values.stream().mapToDouble(Double::doubleValue).sum() / n;
        double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        return new Spread(median, mean, n < 2 ? 0 : Math.sqrt(squares / (n - 1)), sorted.get(0), sorted.get(n - 1), values);
    }

    /** Over runs that each give named numbers; only names that all have. */
    public static Map<String, Spread> over(List<Map<String, Double>> runs) {
        Map<String, Spread> spreads = new LinkedHashMap<>();
        if (runs.isEmpty()) return spreads;
        for (String name : runs.get(0).keySet())
            if (runs.stream().allMatch(r -> r.containsKey(name))) spreads.put(name, of(runs.stream().map(r -> r.get(name)).toList()));
        return spreads;
    }

    /** A number with as many places as matter. */
    public static String number(double x) {
        if (x == Math.rint(x) && Math.abs(x) < 1e15) return String.valueOf((long) x);
        return String.format(Locale.ROOT, "%.4f", x);
    }
}
