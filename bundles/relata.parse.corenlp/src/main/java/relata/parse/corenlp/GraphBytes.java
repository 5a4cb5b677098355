package relata.parse.corenlp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import relata.api.view.DependencyGraph;

/** A dependency graph as bytes: number of tokens; head, label and tag of each; number of sentences; their starts. */
final class GraphBytes {
    private GraphBytes() {}

    static byte[] write(DependencyGraph graph) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(graph.size());
            for (int i = 0; i < graph.size(); i++) {
                out.writeInt(graph.heads().get(i));
                out.writeUTF(graph.labels().get(i));
                out.writeUTF(graph.tags().get(i));
            }
            out.writeInt(graph.sentences().size());
            for (int start : graph.sentences()) out.writeInt(start);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot happen in memory", e);
        }
        return bytes.toByteArray();
    }

    /** The graph, or nothing if the bytes are none. */
    static Optional<DependencyGraph> read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int n = in.readInt();
            List<Integer> heads = new ArrayList<>();
            List<String> labels = new ArrayList<>();
            List<String> tags = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                heads.add(in.readInt());
                // a few dozen different ones, in very many graphs
                labels.add(in.readUTF().intern());
                tags.add(in.readUTF().intern());
            }
            List<Integer> sentences = new ArrayList<>();
            for (int s = in.readInt(); s > 0; s--) sentences.add(in.readInt());
            return in.read() < 0 ? Optional.of(new DependencyGraph(heads, labels, tags, sentences)) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
