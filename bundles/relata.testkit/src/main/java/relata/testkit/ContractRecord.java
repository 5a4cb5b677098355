package relata.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import relata.api.component.Catalogue;
import relata.api.component.ComponentProvider;

/**
 * How a part did in a contract: a small text in the bundle, {@code META-INF/relata/contracts/KIND/PART/TEST.txt}. It holds no time and no place, so that the
 * same sources give the same jar, and the hash of the classes that were tested, so that it is not believed of others.
 *
 * @param kind the part's kind
 * @param part its name
 * @param provider the class that provides it
 * @param contract the contract
 * @param checks how many checks were made
 * @param failed how many of them failed
 */
record ContractRecord(String kind, String part, Class<?> provider, String contract, int checks, int failed) {
    static ContractRecord of(ComponentProvider<?, ?> provider, String contract, int checks, int failed) {
        String kind = TestParts.kind(provider).map(Catalogue::kind).orElse("");
        return new ContractRecord(kind, TestParts.name(provider), provider.getClass(), contract, checks, failed);
    }

    /** Writes it among the classes, in the place of what the same test wrote before. @param tests where the classes of tests are */
    void write(Path classes, Path tests, Class<?> test) throws IOException {
        Path all = classes.resolve("META-INF/relata/contracts");
        forget(all, tests, test);
        // what has no proper name cannot be found by it, and its contract says so
        if (kind.isEmpty() || !part.matches("[A-Za-z0-9._-]+")) return;
        Path folder = Files.createDirectories(all.resolve(kind).resolve(part));
        // not among the classes: what is left there is packed
        Path beside = Files.createTempFile(classes.toAbsolutePath().getParent(), ".", ".part");
        try {
            Files.writeString(beside, text(classes), StandardCharsets.UTF_8);
            Files.move(beside, folder.resolve(test.getName() + ".txt"), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** Deletes what this test wrote, perhaps of a part of another name, and what tests wrote that are there no more: it would be counted beside what is true now. */
    private static void forget(Path all, Path tests, Class<?> test) throws IOException {
        if (!Files.isDirectory(all)) return;
        List<Path> old;
        try (Stream<Path> walk = Files.walk(all)) {
            old = walk.filter(f -> f.toString().endsWith(".txt")).filter(f -> {
                String name = f.getFileName().toString().replaceFirst("\\.txt$", "");
                return name.equals(test.getName()) || !Files.exists(tests.resolve(name.replace('.', '/') + ".class"));
            }).toList();
        }
        for (Path file : old) Files.deleteIfExists(file);
    }

    private String text(Path classes) throws IOException {
        return String.join("\n", "contract " + contract, "checks " + checks, "failed " + failed, "testkit " + version(), "classes " + hash(classes), "");
    }

    /** SHA-256 over names and bytes of the classes in the provider's package and below it, in the order of their names. */
    private String hash(Path classes) throws IOException {
        Path folder = classes.resolve(provider.getPackageName().replace('.', '/'));
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(f -> f.toString().endsWith(".class")).toList();
        }
        MessageDigest digest = sha256();
        for (String name : files.stream().map(f -> classes.relativize(f).toString().replace('\\', '/')).sorted().toList()) {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(sha256().digest(Files.readAllBytes(classes.resolve(name))));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of this kit. */
    private static String version() {
        try (InputStream in = ContractRecord.class.getResourceAsStream("version.txt")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
