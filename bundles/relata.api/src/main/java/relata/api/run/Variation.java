package relata.api.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Settings of a recipe that are tried with several values. */
final class Variation {
    private Variation() {}

    /** Reads values in YAML with commas between them; those inside of brackets, braces and quotes are part of a value. @param given by the path of the setting, such as {@code encoder.with.format} */
    static Map<String, List<String>> parse(Map<String, String> given) throws PlanException {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (Map.Entry<String, String> e : given.entrySet()) {
            Set<String> values = new LinkedHashSet<>();
            for (String value : split(e.getValue())) {
                if (value.isEmpty()) throw new PlanException("--vary " + e.getKey() + " was '" + e.getValue() + "' but must be values with commas between them, like mention,only-context");
                if (!values.add(value)) throw new PlanException("--vary " + e.getKey() + " names '" + value + "' twice");
            }
            all.put(e.getKey(), List.copyOf(values));
        }
        return all;
    }

    private static List<String> split(String text) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        int depth = 0;
        char quote = 0;
        for (char c : text.toCharArray()) {
            if (quote != 0) quote = c == quote ? 0 : quote;
            else if (c == '\'' || c == '"') quote = c;
            else if (c == '[' || c == '{') depth++;
            else if (c == ']' || c == '}') depth--;
            if (c == ',' && depth == 0 && quote == 0) {
                values.add(value.toString().strip());
                value.setLength(0);
            } else value.append(c);
        }
        values.add(value.toString().strip());
        return values;
    }

    /** Every combination of values; one without any if there are no variations. The last variation changes fastest. */
    static List<Map<String, String>> combinations(Map<String, List<String>> variations) {
        List<Map<String, String>> combinations = List.of(Map.of());
        for (Map.Entry<String, List<String>> variation : variations.entrySet()) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> begun : combinations)
                for (String value : variation.getValue()) {
                    Map<String, String> set = new LinkedHashMap<>(begun);
                    set.put(variation.getKey(), value);
                    longer.add(set);
                }
            combinations = longer;
        }
        return combinations;
    }
}
