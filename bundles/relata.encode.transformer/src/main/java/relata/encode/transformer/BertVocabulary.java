package relata.encode.transformer;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import relata.api.learn.Vocabulary;
import relata.text.Markers;

/** The sub-words of a loaded BERT: field {@code ids} of its batches. */
final class BertVocabulary implements Vocabulary {
    private final int size;
    private final int mask;
    private final Map<Integer, Role> roles = new HashMap<>();
    private final NDArray embeddings;
    private final Map<String, float[]> unused;

    private BertVocabulary(WordPieces pieces, int mask, Markers markers, NDArray embeddings, Map<String, float[]> unused) {
        this.size = pieces.size();
        this.mask = mask;
        this.embeddings = embeddings;
        this.unused = unused;
        put(Role.SPECIAL, TokenizerFile.SPECIAL, pieces.file());
        put(Role.END_MARKER, List.of(markers.headEnd(), markers.tailEnd(), markers.end()), pieces.file());
        put(Role.START_MARKER, List.of(markers.headStart(), markers.tailStart(), markers.start()), pieces.file());
    }

    private void put(Role role, List<String> tokens, TokenizerFile file) {
        for (String token : tokens) if (file.knows(token)) roles.put(file.number(token), role);
    }

    /**
     * The vocabulary, unless there is no {@code [MASK]} in it.
     *
     * @param markers what the encoder puts around entities
     * @param embeddings (V, H)
     * @param unused weights by name that the encoder has no use for
     */
    static Optional<Vocabulary> of(WordPieces pieces, Markers markers, NDArray embeddings, Map<String, float[]> unused) {
        if (!pieces.file().knows("[MASK]")) return Optional.empty();
        return Optional.of(new BertVocabulary(pieces, pieces.file().number("[MASK]"), markers, embeddings, unused));
    }

    @Override
    public String field() {
        return "ids";
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int mask() {
        return mask;
    }

    @Override
    public Role role(int number) {
        return roles.getOrDefault(number, Role.TEXT);
    }

    @Override
    public NDArray embeddings() {
        return embeddings;
    }

    @Override
    public Optional<float[]> unused(String name) {
        return Optional.ofNullable(unused.get(name)).map(float[]::clone);
    }
}
