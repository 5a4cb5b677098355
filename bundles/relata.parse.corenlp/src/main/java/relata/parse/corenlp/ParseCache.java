package relata.parse.corenlp;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import relata.api.view.DependencyGraph;

/** Parses by SHA-256 of parser version and tokens: the latest in memory, all in a {@link ParseFile}. Safe for several threads. */
final class ParseCache {
    /** How many tokens the graphs in memory have together: some 40 MB. */
    private static final int TOKENS_IN_MEMORY = 1_000_000;

    // one for each file: what a process holds open twice it cannot lock against itself
    private static final Map<Path, ParseCache> CACHES = new ConcurrentHashMap<>();

    private final String version;
    private final ParseFile file;
    private final LinkedHashMap<ParseKey, DependencyGraph> latest = new LinkedHashMap<>(16, 0.75f, true);
    private final int tokensInMemory;
    private int tokens;

    ParseCache(Path file, String version, int tokensInMemory) {
        this.version = version;
        this.file = new ParseFile(file);
        this.tokensInMemory = tokensInMemory;
    }

    /** The cache of a parser version in a folder, which need not exist. */
    static ParseCache in(Path folder, String version) {
        Path file = folder.resolve(version.replaceAll("[^A-Za-z0-9.]+", "-") + ".parses").toAbsolutePath().normalize();
        return CACHES.computeIfAbsent(file, f -> new ParseCache(f, version, TOKENS_IN_MEMORY));
    }

    /** The parse of a text, from the cache if it is there. */
    DependencyGraph get(List<String> text, CoreNlpParser.ParseFunction parser) {
        ParseKey key = key(text);
        synchronized (latest) {
            DependencyGraph known = latest.get(key);
            if (known != null) return known;
        }
        Optional<DependencyGraph> stored = file.find(key).flatMap(GraphBytes::read).filter(g -> g.size() == text.size());
        DependencyGraph graph = stored.orElseGet(() -> parser.parse(text));
        if (stored.isEmpty()) file.append(key, GraphBytes.write(graph));
        remember(key, graph);
        return graph;
    }

    private void remember(ParseKey key, DependencyGraph graph) {
        synchronized (latest) {
            if (latest.put(key, graph) == null) tokens += graph.size();
            Iterator<DependencyGraph> oldest = latest.values().iterator();
            while (tokens > tokensInMemory && latest.size() > 1) {
                tokens -= oldest.next().size();
                oldest.remove();
            }
        }
    }

    private ParseKey key(List<String> text) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            add(sha, version);
            for (String token : text) add(sha, token);
            return ParseKey.of(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Adds length and characters, so that no two lists of tokens are alike; UTF-8 would make one of all unpaired surrogates. */
    private static void add(MessageDigest sha, String token) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + Character.BYTES * token.length()).putInt(token.length());
        for (int i = 0; i < token.length(); i++) bytes.putChar(token.charAt(i));
        sha.update(bytes.flip());
    }
}
