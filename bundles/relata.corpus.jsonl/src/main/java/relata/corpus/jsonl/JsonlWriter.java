package relata.corpus.jsonl;

import com.google.gson.stream.JsonWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import relata.api.corpus.Corpus;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Span;

/** Writes examples as {@link JsonlReader} reads them, with token offsets. */
public final class JsonlWriter {
    private JsonlWriter() {}

    /** Writes each split of a corpus as a file of a folder, which is made if need be. @throws IOException if a file cannot be written; it is then as it was */
    public static void write(Path folder, Corpus corpus) throws IOException {
        Files.createDirectories(folder);
        for (var split : corpus.splits().entrySet()) write(folder.resolve(split.getKey() + ".jsonl"), split.getValue());
    }

    /** Writes a file, whole or not at all. @throws IOException if it cannot be written; what was there before stays */
    public static void write(Path file, List<Example> examples) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (BufferedWriter out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
                for (Example e : examples) out.append(line(e)).append('\n');
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw new IOException(file + " could not be written (" + e.getMessage() + ")", e);
        }
    }

    /** One example as a line, without the line end. */
    public static String line(Example example) throws IOException {
        StringWriter text = new StringWriter();
        JsonWriter out = new JsonWriter(text);
        out.setHtmlSafe(false);
        out.beginObject().name("id").value(example.id());
        out.name("tokens").beginArray();
        for (String t : example.passage().tokens()) out.value(t);
        out.endArray();
        if (!example.passage().sentences().isEmpty()) {
            out.name("sentences").beginArray();
            for (int s : example.passage().sentences()) out.value(s);
            out.endArray();
        }
        out.name("entities").beginArray();
        for (Entity e : example.passage().entities()) entity(out, e);
        out.endArray().name("relations").beginArray();
        for (Pair p : example.pairs()) for (String r : p.relations()) relation(out, p.head(), p.tail(), r);
        for (Fact f : example.passage().facts())
            if (example.pairs().stream().noneMatch(p -> p.head() == f.head() && p.tail() == f.tail())) relation(out, f.head(), f.tail(), f.relation());
        out.endArray().name("pairs").beginArray();
        for (Pair p : example.pairs()) out.beginArray().value(p.head()).value(p.tail()).endArray();
        out.endArray().endObject().close();
        return text.toString();
    }

    private static void entity(JsonWriter out, Entity entity) throws IOException {
        out.beginObject().name("id").value(entity.id());
        if (!entity.type().isEmpty()) out.name("type").value(entity.type());
        out.name("mentions").beginArray();
        for (Mention m : entity.mentions()) {
            out.beginObject();
            if (m.spans().size() == 1) out.name("start").value(m.start()).name("end").value(m.end());
            else {
                out.name("spans").beginArray();
                for (Span s : m.spans()) out.beginArray().value(s.start()).value(s.end()).endArray();
                out.endArray();
            }
            out.endObject();
        }
        out.endArray().endObject();
    }

    private static void relation(JsonWriter out, int head, int tail, String relation) throws IOException {
        out.beginObject().name("head").value(head).name("tail").value(tail).name("relation").value(relation).endObject();
    }
}
