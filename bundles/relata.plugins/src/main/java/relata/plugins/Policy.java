package relata.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.HashSet;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What an operator lets in: {@code etc/plugins.properties}, beside it {@code plugins.sha256} with the hashes of allowed files and the folder
 * {@code plugin-signers} with the certificates of trusted signers.
 *
 * @param trust what is done about plug-ins that are neither allowed nor signed
 * @param allowed SHA-256 of allowed files
 * @param signers trusted certificates
 * @param maxBytes of a file
 * @param maxUnpacked bytes of all its entries together
 * @param maxEntries of a file
 * @param seconds that a plug-in may take to start, and each of its parts to be made
 */
record Policy(Trust trust, Set<String> allowed, Set<Certificate> signers, long maxBytes, long maxUnpacked, int maxEntries, int seconds) {
    /** What is done about plug-ins that are neither allowed nor signed. */
    enum Trust {
        /** Nothing. */
        OFF,
        /** They are let in, with a warning. */
        WARN,
        /** They are refused. */
        ENFORCE
    }

    static final String FILE = "plugins.properties";
    private static final Set<String> KEYS = new TreeSet<>(Set.of("trust", "max-size", "max-unpacked", "max-entries", "seconds"));

    Policy {
        allowed = Set.copyOf(allowed);
        signers = Set.copyOf(signers);
    }

    /** The policy of a platform whose operator has said nothing. */
    static Policy standard() {
        return new Policy(Trust.WARN, Set.of(), Set.of(), 512L << 20, 2L << 30, 50_000, 20);
    }

    /** @throws IOException if a file cannot be read or a value is none: then nothing is let in */
    static Policy read(Path etc) throws IOException {
        Properties values = new Properties();
        Path file = etc.resolve(FILE);
        if (Files.exists(file))
            try (InputStream in = Files.newInputStream(file)) {
                values.load(in);
            } catch (IllegalArgumentException e) {
                throw new IOException(file + " is no properties file: " + e.getMessage(), e);
            }
        for (String key : values.stringPropertyNames())
            if (!KEYS.contains(key)) throw new IOException(file + ": there is no setting '" + key + "'. Settings: " + String.join(", ", KEYS) + ".");
        Policy standard = standard();
        return new Policy(
                trust(file, values.getProperty("trust", standard.trust().name())), allowed(etc.resolve("plugins.sha256")), signers(etc.resolve("plugin-signers")),
                number(file, values, "max-size", standard.maxBytes() >> 20) << 20, number(file, values, "max-unpacked", standard.maxUnpacked() >> 20) << 20,
                (int) number(file, values, "max-entries", standard.maxEntries()), (int) number(file, values, "seconds", standard.seconds()));
    }

    private static Trust trust(Path file, String text) throws IOException {
        try {
            return Trust.valueOf(text.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": trust was '" + text + "' but must be off, warn or enforce", e);
        }
    }

    private static long number(Path file, Properties values, String key, long standard) throws IOException {
        String text = values.getProperty(key, Long.toString(standard)).strip();
        if (!text.matches("[1-9][0-9]{0,6}")) throw new IOException(file + ": " + key + " was '" + text + "' but must be a whole number from 1 to 9999999");
        return Long.parseLong(text);
    }

    /** Lines as {@code sha256sum} writes them; {@code #} begins a comment. */
    private static Set<String> allowed(Path file) throws IOException {
        Set<String> allowed = new HashSet<>();
        if (!Files.exists(file)) return allowed;
        int number = 0;
        // ISO 8859-1 gives every byte a letter, and hashes are ASCII: names of files and comments may be what they will
        for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            number++;
            String hash = line.replaceFirst("#.*", "").strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
            if (hash.isEmpty()) continue;
            if (!hash.matches("[0-9a-f]{64}")) throw new IOException(file + " line " + number + ": expected a SHA-256 of 64 hexadecimal digits but found '" + hash + "'; 'sha256sum FILE' makes such lines");
            allowed.add(hash);
        }
        return allowed;
    }

    private static Set<Certificate> signers(Path folder) throws IOException {
        Set<Certificate> signers = new HashSet<>();
        if (!Files.isDirectory(folder)) return signers;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList())
                try (InputStream in = Files.newInputStream(file)) {
                    signers.addAll(CertificateFactory.getInstance("X.509").generateCertificates(in));
                } catch (CertificateException e) {
                    throw new IOException(file + " is no X.509 certificate: 'keytool -exportcert -rfc' makes one. " + e.getMessage(), e);
                }
        }
        return signers;
    }
}
