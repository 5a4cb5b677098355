package relata.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.console.rest.Role;

class TokensTest {
    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("relata").resolve("tokens");
    }

    @Test
    void aTokenForEachRoleIsMadeOnceAndOnlyItsOwnerMayReadIt() throws IOException {
        Tokens made = Tokens.of(file());
        assertTrue(made.made());
        assertEquals(3, new HashSet<>(made.all().values()).size());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        Tokens read = Tokens.of(file());
        assertFalse(read.made());
        assertEquals(made.all(), read.all());
        try (Stream<Path> files = Files.list(file().getParent())) {
            assertEquals(1, files.count(), "something else was left");
        }
    }

    @Test
    void aTokenHasItsRole() throws IOException {
        Tokens tokens = Tokens.of(file());
        tokens.all().forEach((role, token) -> assertEquals(Optional.of(role), tokens.role(token.getBytes(StandardCharsets.UTF_8))));
        String operator = tokens.all().getOrDefault(Role.OPERATOR, "");
        for (String wrong : new String[] {"", "viewer", operator.substring(1), operator + "x"}) assertEquals(Optional.empty(), tokens.role(wrong.getBytes(StandardCharsets.UTF_8)), wrong);
    }

    @Test
    void aFileThatOthersMayReadIsNotUsed() throws IOException {
        Tokens.of(file());
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        assertTrue(assertThrows(IOException.class, () -> Tokens.of(file())).getMessage().contains("chmod 600"));
    }

    @Test
    void aDamagedFileIsTold() throws IOException {
        Tokens.of(file());
        Files.writeString(file(), "# a comment\n\noperator short\n");
        assertTrue(assertThrows(IOException.class, () -> Tokens.of(file())).getMessage().contains("line 3"));
        Files.writeString(file(), "admin 0123456789abcdefghij\n");
        assertTrue(assertThrows(IOException.class, () -> Tokens.of(file())).getMessage().contains("line 1"));
        Files.writeString(file(), "# nothing\n");
        assertTrue(assertThrows(IOException.class, () -> Tokens.of(file())).getMessage().contains("no token"));
    }

    @Test
    void aFileWithFewerRolesIsTakenAsItIs() throws IOException {
        Tokens.of(file());
        Files.writeString(file(), "viewer  0123456789abcdefghij\n");
        assertEquals(Optional.of(Role.VIEWER), Tokens.of(file()).role("0123456789abcdefghij".getBytes(StandardCharsets.UTF_8)));
        assertEquals(1, Tokens.of(file()).all().size());
    }
}
