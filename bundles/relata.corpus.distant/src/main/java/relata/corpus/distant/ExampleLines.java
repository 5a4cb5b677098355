package relata.corpus.distant;

import com.google.gson.GsonBuilder;
import com.google.gson.stream.JsonWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Mention;
import relata.api.corpus.Pair;
import relata.api.corpus.Span;

/** Writes examples as Relata's JSON lines while they are made, and the audit beside them. */
final class ExampleLines {
    private ExampleLines() {}

    /** Makes the examples of a reader into a file; both files are whole or as they were. */
    static Audit write(DistantReader reader, Path file, Path auditFile) throws IOException {
        Path part = beside(file);
        Path auditPart = beside(auditFile);
        try {
            Audit audit;
            try (BufferedWriter out = Files.newBufferedWriter(part)) {
                audit = reader.make(example -> out.append(line(example)).append('\n'));
            }
            Files.writeString(auditPart, new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create().toJson(audit) + "\n");
            // the examples first: counts never stand beside examples that they do not count
            move(part, file);
            move(auditPart, auditFile);
            return audit;
        } finally {
            Files.deleteIfExists(part);
            Files.deleteIfExists(auditPart);
        }
    }

    private static Path beside(Path file) {
        return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of(".")).resolve("." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** An example of one pair as a line, without the line end. */
    static String line(Example example) throws IOException {
        StringWriter text = new StringWriter();
        JsonWriter out = new JsonWriter(text);
        out.setHtmlSafe(false);
        out.beginObject().name("id").value(example.id());
        if (!example.passage().document().equals(example.id())) out.name("document").value(example.passage().document());
        out.name("tokens").beginArray();
        for (String t : example.passage().tokens()) out.value(t);
        out.endArray().name("entities").beginArray();
        for (Entity e : example.passage().entities()) entity(out, e);
        out.endArray().name("relations").beginArray();
        for (Pair p : example.pairs()) for (String r : p.relations()) out.beginObject().name("head").value(p.head()).name("tail").value(p.tail()).name("relation").value(r).endObject();
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
}
