package relata.docs;

import java.util.ArrayList;
import java.util.List;

/** Words of shell text, as far as documentation needs it: quotes, comments, and what ends a command. */
final class ShellWords {
    private ShellWords() {}

    /** The commands of a line, each in its words. */
    static List<List<String>> commands(String line) {
        List<List<String>> commands = new ArrayList<>();
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean open = false;
        char quote = 0;
        for (int i = 0; i <= line.length(); i++) {
            char c = i == line.length() ? '\n' : line.charAt(i);
            if (quote != 0) {
                if (c == '\n') throw new IllegalArgumentException("a quote has no end: " + line);
                if (c == quote) quote = 0;
                else word.append(c);
            } else if (c == '\'' || c == '"') {
                quote = c;
                open = true;
            } else if (c == '#' && !open) {
                break;
            } else if (Character.isWhitespace(c) || "|;&<>()".indexOf(c) >= 0) {
                if (open) words.add(word.toString());
                word.setLength(0);
                open = false;
                if (!Character.isWhitespace(c)) {
                    commands.add(words);
                    words = new ArrayList<>();
                }
            } else {
                word.append(c);
                open = true;
            }
        }
        if (open) words.add(word.toString());
        commands.add(words);
        commands.removeIf(List::isEmpty);
        return commands;
    }
}
