package relata.corpus.biomedical;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Mention;
import relata.api.corpus.Span;

/** An example as a document of BioC: one passage, its sentences with the annotations that lie in them, or, if one goes on in the next, its text as a whole. */
final class BioCDocument {
    private final Example example;
    private final Optional<String> negative;
    private final RunningText text;
    /** The first token of each piece of text. */
    private final List<Integer> starts;
    private final List<String> ids = new ArrayList<>();

    BioCDocument(Example example, Optional<String> negative) {
        this.example = example;
        this.negative = negative;
        List<Integer> sentences = example.passage().sentences().isEmpty() ? List.of(0) : example.passage().sentences();
        boolean whole = example.passage().entities().stream().map(e -> e.mentions().get(0)).anyMatch(m -> sentences.stream().anyMatch(s -> s > m.start() && s < m.end()));
        starts = whole ? List.of(0) : sentences;
        text = new RunningText(example.passage().tokens(), new HashSet<>(starts));
        // annotations have ids of their own
        boolean unique = example.passage().entities().stream().map(e -> e.id().strip()).distinct().filter(i -> !i.isEmpty()).count() == example.passage().entities().size();
        for (Entity e : example.passage().entities()) ids.add(unique ? e.id() : "T" + (ids.size() + 1));
    }

    /** False if there is a character that XML cannot even escape. */
    static boolean inXml(Example e) {
        Stream<String> names = e.passage().entities().stream().flatMap(n -> Stream.of(n.id(), n.type()));
        Stream<String> labels = Stream.concat(e.passage().facts().stream().map(Fact::relation), e.pairs().stream().flatMap(p -> p.relations().stream()));
        return Stream.of(e.passage().tokens().stream(), names, labels, Stream.of(e.id(), e.passage().id())).flatMap(s -> s)
                .allMatch(s -> s.codePoints().allMatch(c -> c >= 0x20 && c != 0xfffe && c != 0xffff || c == '\t' || c == '\n' || c == '\r'));
    }

    private Span piece(int index) {
        return new Span(starts.get(index), index + 1 < starts.size() ? starts.get(index + 1) : example.passage().tokens().size());
    }

    private boolean lies(Entity entity, Span piece) {
        return piece.contains(entity.mentions().get(0).start());
    }

    /** One that is a single sentence is cut no further; others, where sentences are not known, are text. */
    private boolean hasSentences() {
        return starts.size() > 1 || example.passage().sentences().size() < 2;
    }

    void json(JsonWriter out) throws IOException {
        out.beginObject().name("id").value(example.id()).name("infons").beginObject().endObject().name("passages").beginArray().beginObject().name("offset").value(0);
        if (hasSentences()) out.name("sentences").beginArray();
        for (int s = 0; s < starts.size(); s++) {
            Span piece = piece(s);
            if (hasSentences()) out.beginObject().name("offset").value(text.start(piece));
            out.name("text").value(text.of(piece)).name("annotations").beginArray();
            for (int i = 0; i < ids.size(); i++) if (lies(example.passage().entities().get(i), piece)) annotation(out, i);
            out.endArray();
            if (hasSentences()) out.endObject();
        }
        if (hasSentences()) out.endArray();
        out.endObject().endArray().name("relations").beginArray();
        int number = 0;
        for (Fact f : WrittenPairs.relations(example, negative)) {
            out.beginObject().name("id").value("R" + ++number).name("infons").beginObject().name("type").value(f.relation()).endObject().name("nodes").beginArray();
            out.beginObject().name("refid").value(ids.get(f.head())).name("role").value("head").endObject();
            out.beginObject().name("refid").value(ids.get(f.tail())).name("role").value("tail").endObject().endArray().endObject();
        }
        out.endArray().endObject();
    }

    private void annotation(JsonWriter out, int index) throws IOException {
        Entity entity = example.passage().entities().get(index);
        Mention mention = entity.mentions().get(0);
        out.beginObject().name("id").value(ids.get(index)).name("infons").beginObject();
        if (!entity.type().isEmpty()) out.name("type").value(entity.type());
        out.endObject().name("locations").beginArray();
        for (Span s : mention.spans()) out.beginObject().name("offset").value(text.start(s)).name("length").value(text.end(s) - text.start(s)).endObject();
        out.endArray().name("text").value(text.of(mention)).endObject();
    }

    void xml(Appendable out) throws IOException {
        out.append("<document><id>").append(escaped(example.id())).append("</id>\n<passage><offset>0</offset>\n");
        for (int s = 0; s < starts.size(); s++) {
            Span piece = piece(s);
            if (hasSentences()) out.append("<sentence><offset>" + text.start(piece) + "</offset>");
            out.append("<text>").append(escaped(text.of(piece))).append("</text>\n");
            for (int i = 0; i < ids.size(); i++) if (lies(example.passage().entities().get(i), piece)) annotation(out, i);
            if (hasSentences()) out.append("</sentence>\n");
        }
        out.append("</passage>\n");
        int number = 0;
        for (Fact f : WrittenPairs.relations(example, negative))
            out.append("<relation id=\"R" + ++number + "\"><infon key=\"type\">").append(escaped(f.relation())).append("</infon><node refid=\"").append(escaped(ids.get(f.head())))
                    .append("\" role=\"head\"/><node refid=\"").append(escaped(ids.get(f.tail()))).append("\" role=\"tail\"/></relation>\n");
        out.append("</document>\n");
    }

    private void annotation(Appendable out, int index) throws IOException {
        Entity entity = example.passage().entities().get(index);
        Mention mention = entity.mentions().get(0);
        out.append("<annotation id=\"").append(escaped(ids.get(index))).append("\">");
        if (!entity.type().isEmpty()) out.append("<infon key=\"type\">").append(escaped(entity.type())).append("</infon>");
        for (Span s : mention.spans()) out.append("<location offset=\"" + text.start(s) + "\" length=\"" + (text.end(s) - text.start(s)) + "\"/>");
        out.append("<text>").append(escaped(text.of(mention))).append("</text></annotation>\n");
    }

    /** As XML, in a text or an attribute; what XML would fold to a space is kept. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;");
    }
}
