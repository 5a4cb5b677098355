package relata.kit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a new plug-in is called: the part in recipes, its class, its package, its artifact.
 *
 * @param name in recipes, e.g. {@code soft-margin}
 * @param group of the artifact, e.g. {@code com.acme}
 * @param pack the Java package, which is also the artifact and the bundle, e.g. {@code com.acme.softmargin}
 */
public record Names(String name, String group, String pack) {
    private static final String NAME = "[a-z][a-z0-9]*(-[a-z0-9]+)*";
    private static final String SEGMENT = "[a-z][a-z0-9_]*";
    private static final Set<String> RESERVED = Set.of(("abstract assert boolean break byte case catch char class const continue default do double else enum extends final finally float for goto if "
            + "implements import instanceof int interface long native new package private protected public return short static strictfp super switch synchronized this throw throws transient try "
            + "void volatile while true false null").split(" "));

    /** @throws IllegalArgumentException if one cannot be such a name; the message says why and what would do */
    public Names {
        if (!name.matches(NAME))
            throw new IllegalArgumentException("a part cannot be called '" + name + "': lower-case letters and digits with single hyphens between them, a letter first, e.g. 'soft-margin'");
        check("group", group);
        check("package", pack);
        if (pack.equals("relata") || pack.startsWith("relata.")) throw new IllegalArgumentException("the package '" + pack + "' would be one of the platform's: plug-ins have names of their own, e.g. 'com.acme." + joined(name) + "'");
    }

    /** With the package that follows from the others, if none is given. */
    public static Names of(String name, String group, String pack) {
        return new Names(name, group, pack.isEmpty() ? group + "." + joined(name) : pack);
    }

    private static void check(String what, String text) {
        for (String segment : text.split("\\.", -1)) {
            if (!segment.matches(SEGMENT)) throw new IllegalArgumentException("the " + what + " cannot be '" + text + "': lower-case words with dots between them, a letter first in each, e.g. 'com.acme'");
            if (RESERVED.contains(segment)) throw new IllegalArgumentException("the " + what + " cannot be '" + text + "': '" + segment + "' is a word of Java; --package names another");
        }
    }

    private static String joined(String name) {
        return name.replace("-", "");
    }

    /** The name of the class, e.g. {@code SoftMargin}. */
    public String type() {
        return Arrays.stream(name.split("-")).map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1)).collect(Collectors.joining());
    }

    /** What fills the gaps of a {@link Blueprint}. */
    Map<String, String> gaps() {
        return Map.of("name", name, "group", group, "package", pack, "path", pack.replace('.', '/'), "class", type());
    }
}
