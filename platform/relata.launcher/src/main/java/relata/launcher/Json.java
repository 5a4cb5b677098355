package relata.launcher;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small JSON reader (RFC 8259) into maps, lists, strings, numbers and booleans: a library would cost more start-up time than all features take to read. */
final class Json {
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /**
     * Reads an object.
     *
     * @throws IllegalArgumentException if the text is not JSON or not an object; the message says at which line
     */
    static Map<String, Object> object(String text) {
        Json json = new Json(text);
        json.space();
        if (json.peek() != '{') throw json.wrong("an object");
        Map<String, Object> object = json.members();
        json.space();
        if (json.at < text.length()) throw json.wrong("the end of the file");
        return object;
    }

    private Object value() {
        space();
        char c = peek();
        if (c == '{') return members();
        if (c == '[') return elements();
        if (c == '"') return string();
        int start = at;
        while (at < text.length() && "+-.".indexOf(text.charAt(at)) >= 0 || at < text.length() && Character.isLetterOrDigit(text.charAt(at))) at++;
        String word = text.substring(start, at);
        if (word.equals("true") || word.equals("false")) return Boolean.valueOf(word);
        // "null" has no use in a feature file: said so rather than carried on as an absent value
        try {
            return Double.valueOf(word);
        } catch (NumberFormatException e) {
            at = start;
            throw wrong("a value");
        }
    }

    private Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        at++;
        space();
        if (peek() == '}') {
            at++;
            return members;
        }
        while (true) {
            space();
            if (peek() != '"') throw wrong("a name in quotes");
            String name = string();
            expect(':');
            if (members.putIfAbsent(name, value()) != null) throw wrong("another name than '" + name + "', which is there already, before");
            if (!comma('}')) return members;
        }
    }

    private List<Object> elements() {
        List<Object> elements = new ArrayList<>();
        at++;
        space();
        if (peek() == ']') {
            at++;
            return elements;
        }
        do elements.add(value());
        while (comma(']'));
        return elements;
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        at++;
        while (peek() != '"') {
            char c = text.charAt(at++);
            if (c == '\n') throw wrong("a closing quote");
            string.append(c == '\\' ? escaped() : c);
        }
        at++;
        return string.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        if (c == 'u') {
            if (at + 4 > text.length()) throw wrong("four hexadecimal digits");
            int code = Integer.parseInt(text, at, at + 4, 16);
            at += 4;
            return (char) code;
        }
        int i = "\"\\/bfnrt".indexOf(c);
        if (i < 0) throw wrong("an escape that JSON knows");
        return "\"\\/\b\f\n\r\t".charAt(i);
    }

    private boolean comma(char end) {
        space();
        char c = peek();
        if (c != ',' && c != end) throw wrong("',' or '" + end + "'");
        at++;
        return c == ',';
    }

    private void expect(char c) {
        space();
        if (peek() != c) throw wrong("'" + c + "'");
        at++;
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
    }

    private char peek() {
        if (at >= text.length()) throw wrong("more");
        return text.charAt(at);
    }

    private IllegalArgumentException wrong(String expected) {
        long line = text.substring(0, Math.min(at, text.length())).chars().filter(c -> c == '\n').count() + 1;
        String found = at < text.length() ? "'" + text.substring(at, Math.min(at + 12, text.length())).lines().findFirst().orElse("") + "'" : "the end of the file";
        return new IllegalArgumentException("line " + line + ": expected " + expected + " but found " + found);
    }
}
