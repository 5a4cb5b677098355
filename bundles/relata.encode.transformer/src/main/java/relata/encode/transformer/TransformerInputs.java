package relata.encode.transformer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import relata.api.corpus.Pair;
import relata.api.learn.Collated;
import relata.api.learn.GraphInputs;
import relata.api.view.View;

/** The inputs of a {@link BertGraph}: sub-words, and where the entities are among them. */
final class TransformerInputs implements GraphInputs {
    private final WordPieces pieces;
    private final SubWords.Reader reader;
    private final Pool pool;

    private TransformerInputs(WordPieces pieces, SubWords.Reader reader, Pool pool) {
        this.pieces = pieces;
        this.reader = reader;
        this.pool = pool;
    }

    /** @param folder with a tokenizer */
    static GraphInputs open(Transformer.Config config, Path folder) throws IOException {
        WordPieces pieces = WordPieces.open(folder, config.formatter().whole());
        SubWords.Reader reader = new SubWords.Reader(pieces, config.formatter(), config.pool() == Pool.MENTION_STARTS, config.maxLength(), new AtomicBoolean(), new AtomicBoolean());
        return new TransformerInputs(pieces, reader, config.pool());
    }

    @Override
    public int length(View view) {
        return reader.read(view).ids().length;
    }

    @Override
    public Map<String, Collated.Field> of(List<View> views) {
        List<SubWords> read = views.stream().map(reader::read).toList();
        int b = read.size(), l = read.stream().mapToInt(r -> r.ids().length).max().orElse(0);
        long[] ids = new long[b * l], mask = new long[b * l];
        Arrays.fill(ids, pieces.pad());
        List<Long> text = new ArrayList<>();
        List<int[]> heads = new ArrayList<>(), tails = new ArrayList<>();
        for (int i = 0; i < b; i++) {
            SubWords words = read.get(i);
            for (int j = 0; j < words.ids().length; j++) {
                ids[i * l + j] = words.ids()[j];
                mask[i * l + j] = 1;
            }
            for (Pair pair : views.get(i).pairs()) {
                text.add((long) i);
                heads.add(words.positions().get(pair.head()));
                tails.add(words.positions().get(pair.tail()));
            }
        }
        Map<String, Collated.Field> fields = new HashMap<>();
        fields.put(BertGraph.IDS, new Collated.Field(ids, b, l));
        fields.put(BertGraph.MASK, new Collated.Field(mask, b, l));
        fields.put(BertGraph.TEXT, new Collated.Field(text.stream().mapToLong(Long::longValue).toArray(), text.size()));
        if (pool == Pool.MENTION_STARTS || pool == Pool.MENTION_MEAN) {
            fields.put(BertGraph.HEAD, padded(heads));
            fields.put(BertGraph.TAIL, padded(tails));
        }
        return fields;
    }

    private static Collated.Field padded(List<int[]> rows) {
        int most = rows.stream().mapToInt(r -> r.length).max().orElse(1);
        long[] values = new long[rows.size() * most];
        Arrays.fill(values, BertGraph.NONE);
        for (int r = 0; r < rows.size(); r++) for (int i = 0; i < rows.get(r).length; i++) values[r * most + i] = rows.get(r)[i];
        return new Collated.Field(values, rows.size(), most);
    }

    @Override
    public void close() {
        pieces.close();
    }
}
