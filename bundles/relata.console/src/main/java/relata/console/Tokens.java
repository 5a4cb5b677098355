package relata.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import relata.console.rest.Role;

/**
 * The tokens, one a role, kept in a file that only its owner may read. Whoever has one may do what its role may.
 *
 * @param made true if they did not exist before
 */
public record Tokens(Path file, Map<Role, String> all, boolean made) {
    private static final int BYTES = 24;
    private static final int SHORTEST = 16;
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);
    private static final String HEAD = "# Tokens of 'relata serve', one a role. Who has one may do what its role may. Delete this file to get new ones at the next start.\n";

    /** {@code relata/tokens} in the user's folder of settings. */
    static Path standard() {
        String settings = System.getenv("XDG_CONFIG_HOME");
        Path folder = settings == null || settings.isEmpty() ? Path.of(System.getProperty("user.home"), ".config") : Path.of(settings);
        return folder.resolve("relata").resolve("tokens");
    }

    /** The token of the highest role that the user's file has. @throws IOException if there is none */
    public static String strongest() throws IOException {
        Path file = standard();
        if (!Files.exists(file)) throw new IOException("no token is known: set RELATA_TOKEN to one of those that the server printed at its first start. There is no " + file + ".");
        Map<Role, String> all = read(file);
        return all.get(Collections.max(all.keySet()));
    }

    /** Reads the tokens, or makes them. @throws IOException if others may read the file, or a line is not as it should be */
    static Tokens of(Path file) throws IOException {
        return Files.exists(file) ? new Tokens(file, read(file), false) : new Tokens(file, make(file), true);
    }

    private static Map<Role, String> read(Path file) throws IOException {
        Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        permissions.retainAll(OTHERS);
        if (!permissions.isEmpty()) throw new IOException("others may read " + file + ", which holds tokens. Make it yours alone (chmod 600), or delete it to get new ones.");
        Map<Role, String> all = new EnumMap<>(Role.class);
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) continue;
            String[] words = line.strip().split("\\s+");
            Optional<Role> role = words.length == 2 ? role(words[0]) : Optional.empty();
            if (role.isEmpty() || words[1].length() < SHORTEST)
                throw new IOException(file + " line " + number + " should be a role (viewer, runner or operator) and a token of at least " + SHORTEST + " letters. Delete the file to get new ones.");
            all.put(role.get(), words[1]);
        }
        if (all.isEmpty()) throw new IOException(file + " holds no token. Delete it to get new ones.");
        return all;
    }

    private static Optional<Role> role(String word) {
        for (Role role : Role.values()) if (role.word().equals(word)) return Optional.of(role);
        return Optional.empty();
    }

    private static Map<Role, String> make(Path file) throws IOException {
        SecureRandom chance = new SecureRandom();
        Map<Role, String> all = new EnumMap<>(Role.class);
        StringBuilder text = new StringBuilder(HEAD);
        for (Role role : Role.values()) {
            byte[] bytes = new byte[BYTES];
            chance.nextBytes(bytes);
            all.put(role, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            text.append(String.format("%-8s  %s%n", role.word(), all.get(role)));
        }
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        // never readable by others, not for an instant
        Path beside = Files.createTempFile(folder, ".tokens", "", PosixFilePermissions.asFileAttribute(OWNER));
        Files.writeString(beside, text);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        return all;
    }

    /** The role of a token; empty if it is none. Takes as long for a wrong token as for a right one. */
    Optional<Role> role(byte[] token) {
        Optional<Role> found = Optional.empty();
        for (Map.Entry<Role, String> e : all.entrySet())
            if (MessageDigest.isEqual(e.getValue().getBytes(StandardCharsets.UTF_8), token)) found = Optional.of(e.getKey());
        return found;
    }
}
