package relata.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The part of YAML in which defaults are written: {@code text}, {@code 'text'}, {@code [a, b]}, {@code { k: v }}. Scalars stay text. */
final class FlowYaml {
    private final String text;
    private int at;

    private FlowYaml(String text) {
        this.text = text;
    }

    /** A {@code String}, or a list or map of what this gives. */
    static Object parse(String text) {
        FlowYaml yaml = new FlowYaml(text);
        Object value = yaml.value("");
        if (yaml.peek() != 0) throw yaml.wrong("the end");
        return value;
    }

    private Object value(String stops) {
        return switch (peek()) {
            case '[' -> list();
            case '{' -> map();
            case '\'', '"' -> quoted();
            default -> plain(stops);
        };
    }

    private List<Object> list() {
        List<Object> items = new ArrayList<>();
        at++;
        while (peek() != ']') {
            items.add(value(",]"));
            if (peek() == ',') at++;
            else if (peek() != ']') throw wrong("',' or ']'");
        }
        at++;
        return items;
    }

    private Map<String, Object> map() {
        Map<String, Object> entries = new LinkedHashMap<>();
        at++;
        while (peek() != '}') {
            String key = String.valueOf(value(":"));
            if (peek() != ':') throw wrong("':'");
            at++;
            entries.put(key, value(",}"));
            if (peek() == ',') at++;
            else if (peek() != '}') throw wrong("',' or '}'");
        }
        at++;
        return entries;
    }

    private String quoted() {
        int end = text.indexOf(text.charAt(at), at + 1);
        if (end < 0) throw wrong("a closing quote");
        String inside = text.substring(at + 1, end);
        at = end + 1;
        return inside;
    }

    private String plain(String stops) {
        int start = at;
        while (at < text.length() && stops.indexOf(text.charAt(at)) < 0) at++;
        return text.substring(start, at).strip();
    }

    /** The next character that is no space, or 0 at the end. */
    private char peek() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++;
        return at < text.length() ? text.charAt(at) : 0;
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException("the default '" + text + "' is not as expected at character " + (at + 1) + ": " + expected + " should be there");
    }
}
