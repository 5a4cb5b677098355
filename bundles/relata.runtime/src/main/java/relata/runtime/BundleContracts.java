package relata.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import relata.api.component.ContractResult;
import relata.api.component.Part;

/**
 * What a bundle says of its parts' contracts. Their tests leave small texts in it, {@code META-INF/relata/contracts/KIND/PART/TEST.txt}, of lines with a word and a
 * value each: {@code contract}, {@code checks}, {@code failed}, {@code testkit}, and {@code classes}, the hash of the classes that were tested. A text about other
 * classes than the bundle's is not believed: a bundle may be packed after changes that were not tested.
 */
final class BundleContracts {
    private BundleContracts() {}

    /** How the part did in all tests of its contract together. @param provider its class */
    static Optional<ContractResult> of(Bundle bundle, Part part, Class<?> provider) {
        @Nullable ContractResult sum = null;
        try {
            Map<String, URL> records = entries(bundle, "META-INF/relata/contracts/" + part.kind() + "/" + part.name(), "*.txt", false);
            String classes = records.isEmpty() ? "" : hash(bundle, provider.getPackageName().replace('.', '/'));
            for (URL url : records.values()) {
                Map<String, String> lines = new HashMap<>();
                new String(bytes(url), StandardCharsets.UTF_8).lines().filter(l -> l.contains(" ")).forEach(l -> lines.put(l.substring(0, l.indexOf(' ')), l.substring(l.indexOf(' ') + 1)));
                if (!classes.equals(lines.get("classes"))) continue;
                ContractResult one = new ContractResult(
                        lines.getOrDefault("contract", ""), Integer.parseInt(lines.getOrDefault("checks", "")), Integer.parseInt(lines.getOrDefault("failed", "")), lines.getOrDefault("testkit", ""));
                sum = sum == null ? one : new ContractResult(sum.contract(), sum.checks() + one.checks(), sum.failed() + one.failed(), sum.testkit());
            }
        } catch (IOException | NumberFormatException unreadable) {
            // a plug-in may hold anything: what cannot be read says nothing
            return Optional.empty();
        }
        return Optional.ofNullable(sum);
    }

    /** SHA-256 over names and bytes of the classes in a folder and below it, in the order of their names: as the testkit reckons it. */
    private static String hash(Bundle bundle, String folder) throws IOException {
        MessageDigest digest = Provenance.sha256();
        for (Map.Entry<String, URL> file : entries(bundle, folder, "*.class", true).entrySet()) {
            digest.update(file.getKey().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(Provenance.sha256().digest(bytes(file.getValue())));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** By path in the bundle, sorted. */
    private static Map<String, URL> entries(Bundle bundle, String folder, String pattern, boolean below) {
        Map<String, URL> entries = new TreeMap<>();
        List<URL> found = new ArrayList<>(Optional.ofNullable(bundle.findEntries(folder, pattern, below)).map(Collections::list).orElseGet(ArrayList::new));
        for (URL url : found) entries.put(url.getPath().substring(url.getPath().startsWith("/") ? 1 : 0), url);
        return entries;
    }

    private static byte[] bytes(URL url) throws IOException {
        try (InputStream in = url.openStream()) {
            return in.readAllBytes();
        }
    }
}
