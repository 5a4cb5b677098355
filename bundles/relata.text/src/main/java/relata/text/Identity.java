package relata.text;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import relata.api.corpus.Mention;
import relata.api.corpus.Passage;

/** What makes an entity the same in other passages. */
public final class Identity {
    private Identity() {}

    /**
     * The id of an entity; its {@link #name} if the id says no more than its place. Readers number the entities of data without ids: the ids {@code e0}, {@code e1} and
     * so on of the entities 0 and 1 are such, and stand for something else in every passage.
     *
     * @param entity index into the passage's entities
     */
    public static String of(Passage passage, int entity) {
        String id = passage.entities().get(entity).id();
        return id.equals("e" + entity) ? name(passage, entity) : id;
    }

    /** Its first mention in lower case, the tokens joined by single spaces. @param entity index into the passage's entities */
    public static String name(Passage passage, int entity) {
        return name(passage, passage.entities().get(entity).mentions().get(0));
    }

    /** The same of all its mentions, each name once, in text order. @param entity index into the passage's entities */
    public static List<String> names(Passage passage, int entity) {
        return passage.entities().get(entity).mentions().stream().map(m -> name(passage, m)).distinct().toList();
    }

    private static String name(Passage passage, Mention mention) {
        return mention.tokens().stream().mapToObj(t -> passage.tokens().get(t).toLowerCase(Locale.ROOT)).collect(Collectors.joining(" "));
    }
}
