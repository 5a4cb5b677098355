package relata.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import relata.api.corpus.Corpus;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.corpus.Span;

/**
 * A corpus of invented sentences, small enough to read: three relations between people, firms, places and things, and {@code none}.
 * 16 examples to train, 8 in {@code dev}, 8 in {@code test}, a pair each, all labels in each split. Some tails stand before their heads.
 */
public final class TinyCorpus {
    /** The label that means no relation. */
    public static final String NONE = "none";

    private static final String[] TRAIN = {
        "works-for | <h:PERSON Anna Berg> works for <t:FIRM Harbour Glass> as an engineer .",
        "works-for | <h:PERSON Tomas> has worked at <t:FIRM Pinewood Press> since last spring .",
        "works-for | <t:FIRM Blue Kettle> hired <h:PERSON Ines Duarte> to run its kitchen .",
        "works-for | The baker <h:PERSON Oskar Lind> is employed by <t:FIRM Morning Mill> .",
        "located-in | <h:FIRM Harbour Glass> is located in <t:PLACE Oldport> near the sea .",
        "located-in | The <h:FIRM Pinewood Press> stands in the north of <t:PLACE Karvia> .",
        "located-in | In <t:PLACE Sunvale> you find the small <h:FIRM Blue Kettle> .",
        "located-in | <h:PLACE Oldport> lies in the valley of <t:PLACE Lower Mara> .",
        "made-of | The <h:THING bottle> is made of green <t:MATERIAL glass> .",
        "made-of | They built the <h:THING bridge> from <t:MATERIAL oak> and little else .",
        "made-of | From <t:MATERIAL wool> she knitted a warm <h:THING scarf> .",
        "made-of | The <h:THING roof tiles> consist of baked <t:MATERIAL clay> .",
        "none | <h:PERSON Anna Berg> painted a picture of <t:PLACE Karvia> .",
        "none | <h:PERSON Tomas> has never heard of <t:FIRM Blue Kettle> .",
        "none | The <h:THING bottle> stood beside a bag of <t:MATERIAL clay> .",
        "none | While <t:PERSON Ines Duarte> slept , <h:PERSON Oskar Lind> read a book .",
    };
    private static final String[] DEV = {
        "works-for | <h:PERSON Ruth Okoro> earns her living at <t:FIRM Copper Lane> .",
        "works-for | <t:FIRM Morning Mill> employs the driver <h:PERSON Pavel> .",
        "located-in | The offices of <h:FIRM Copper Lane> are in <t:PLACE Vesterby> .",
        "located-in | Beyond the hills of <t:PLACE Karvia> is <h:FIRM Morning Mill> .",
        "made-of | Her <h:THING ring> is of pure <t:MATERIAL silver> .",
        "made-of | The old <h:THING boat> was made of <t:MATERIAL tarred pine> .",
        "none | <h:PERSON Pavel> dropped a <t:THING ring> into the well .",
        "none | In <t:PLACE Vesterby> it rained when <h:PERSON Ruth Okoro> came home .",
    };
    private static final String[] TEST = {
        "works-for | <h:PERSON Mira Sol> works as a clerk for <t:FIRM Tidewater Rope> .",
        "works-for | At <t:FIRM Copper Lane> , <h:PERSON Jonas Weir> leads the workshop .",
        "located-in | <h:FIRM Tidewater Rope> has its yard in <t:PLACE Saltholm> .",
        "located-in | The lake of <t:PLACE Lower Mara> holds the island of <h:PLACE Saltholm> .",
        "made-of | The heavy <h:THING rope> is made of <t:MATERIAL hemp> .",
        "made-of | Out of <t:MATERIAL birch bark> he folded a <h:THING canoe> .",
        "none | <h:PERSON Jonas Weir> bought a <t:THING canoe> .",
        "none | The <h:THING rope> lay on a floor of <t:MATERIAL stone> .",
    };

    private TinyCorpus() {}

    /** The corpus, the same each time. */
    public static Corpus corpus() {
        TreeMap<String, List<Example>> splits = new TreeMap<>(Map.of("train", read("train", TRAIN), "dev", read("dev", DEV), "test", read("test", TEST)));
        TreeSet<String> relations = new TreeSet<>();
        splits.values().forEach(examples -> examples.forEach(e -> relations.add(e.pairs().get(0).relations().get(0))));
        return new Corpus("tiny", splits, List.copyOf(relations), Optional.of(NONE), new TreeMap<>());
    }

    /** A passage of two sentences with four entities, one of them mentioned twice and one discontinuous, and five pairs, one of them with two labels. */
    public static Example document() {
        List<String> tokens = List.of(("Mira Sol owns a boat of pine and oak planks . "
                + "She built it in Saltholm , and Sol says that the oak came from there .").split(" "));
        List<Entity> entities = List.of(
                new Entity("d-mira", "PERSON", List.of(Mention.of(0, 2), Mention.of(18, 19))),
                Entity.of("d-boat", "THING", 4, 5),
                new Entity("d-pine-planks", "MATERIAL", List.of(new Mention(List.of(new Span(6, 7), new Span(9, 10))))),
                Entity.of("d-saltholm", "PLACE", 15, 16));
        List<Fact> facts = List.of(new Fact(1, 2, "made-of"), new Fact(1, 3, "located-in"), new Fact(0, 3, "located-in"), new Fact(0, 3, "works-for"));
        List<Pair> pairs = List.of(new Pair(1, 2, List.of("made-of")), new Pair(1, 3, List.of("located-in")), new Pair(0, 3, List.of("located-in", "works-for")),
                new Pair(0, 1, List.of(NONE)), new Pair(2, 1, List.of(NONE)));
        return new Example("document", new Passage("document", tokens, List.of(0, 11), entities, facts), pairs);
    }

    /**
     * An example from marked text, e.g. {@code <h:PERSON Anna Berg> works for <t:FIRM Harbour Glass> .}: tokens between single spaces,
     * the head in {@code <h:TYPE ...>}, the tail in {@code <t:TYPE ...>}. The head is entity 0; ids are the names in lower case with hyphens.
     *
     * @param id of the example and its passage
     * @param relations gold labels; labels other than {@link #NONE} become facts
     * @throws IllegalArgumentException if head or tail is not marked
     */
    public static Example example(String id, String marked, String... relations) {
        List<String> tokens = new ArrayList<>();
        Map<Character, Entity> entities = new TreeMap<>();
        char which = 0;
        int start = 0;
        String type = "";
        for (String word : marked.trim().split(" +")) {
            if (word.startsWith("<h:") || word.startsWith("<t:")) {
                which = word.charAt(1);
                type = word.substring(3);
                start = tokens.size();
                continue;
            }
            boolean last = which != 0 && word.endsWith(">");
            tokens.add(last ? word.substring(0, word.length() - 1) : word);
            if (last) {
                String name = String.join("-", tokens.subList(start, tokens.size())).toLowerCase(Locale.ROOT);
                entities.put(which, Entity.of(name, type, start, tokens.size()));
                which = 0;
            }
        }
        if (entities.size() != 2) throw new IllegalArgumentException("mark a head <h:TYPE ...> and a tail <t:TYPE ...>, spaces between tokens: " + marked);
        List<Fact> facts = new ArrayList<>();
        for (String relation : relations) if (!relation.equals(NONE)) facts.add(new Fact(0, 1, relation));
        return new Example(id, new Passage(id, tokens, List.of(0), List.copyOf(entities.values()), facts), List.of(new Pair(0, 1, List.of(relations))));
    }

    private static List<Example> read(String split, String[] lines) {
        List<Example> examples = new ArrayList<>();
        for (String line : lines) {
            String[] parts = line.split(" \\| ", 2);
            examples.add(example(split + "-" + (examples.size() + 1), parts[1], parts[0]));
        }
        return examples;
    }
}
