package relata.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import relata.api.plugin.Plugin;
import relata.api.plugin.PluginException;

/** Who may bring plug-ins: hashes and signers that an operator has named. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PluginTrustTest {
    private static final String PASSWORD = "changeit";
    private static final String NAME = "acme.metric";

    private Path folder = Path.of("");
    private Inside inside;
    private KeyStore keys;
    private Path plain;

    @BeforeAll
    void start(@TempDir Path fresh) throws Exception {
        folder = fresh;
        keys = keys(folder.resolve("keys.p12"));
        Path signers = Files.createDirectories(folder.resolve("etc/plugin-signers"));
        Files.writeString(signers.resolve("known.pem"), "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(keys.getCertificate("known").getEncoded()) + "\n-----END CERTIFICATE-----\n");
        Files.writeString(signers.resolve("expired.pem"), "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(keys.getCertificate("expired").getEncoded()) + "\n-----END CERTIFICATE-----\n");
        plain = PluginJar.of(NAME, "1.0.0").metric("constant", 1).write(folder.resolve("plain.jar"));
        inside = Inside.start(folder, "engine-cpu");
    }

    @AfterAll
    void stop() throws Exception {
        inside.close();
    }

    @AfterEach
    void removeAll() throws Exception {
        policy("off");
        Files.deleteIfExists(folder.resolve("etc/plugins.sha256"));
        for (Plugin p : inside.plugins().list()) inside.plugins().remove(List.of(p.name()));
    }

    /** Java has no public way to make certificates but its own tool. */
    private static KeyStore keys(Path file) throws Exception {
        for (String name : List.of("known", "stranger", "expired")) {
            Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name, "-validity", "2", "-startdate", name.equals("expired") ? "-10d" : "-1H",
                    "-keystore", file.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD).redirectErrorStream(true).start();
            String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, keytool.waitFor(), said);
        }
        return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    }

    private Path signed(String by, Path jar) throws Exception {
        Path signed = folder.resolve("signed-by-" + by + ".jar");
        Certificate certificate = keys.getCertificate(by);
        JarSigner signer = new JarSigner.Builder((PrivateKey) keys.getKey(by, PASSWORD.toCharArray()), CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate))).build();
        try (ZipFile in = new ZipFile(jar.toFile());
                OutputStream out = Files.newOutputStream(signed)) {
            signer.sign(in, out);
        }
        return signed;
    }

    private void policy(String trust) throws IOException {
        Files.writeString(folder.resolve("etc/plugins.properties"), "trust=" + trust + "\n");
    }

    private String refused(Path jar) {
        return assertThrows(PluginException.class, () -> inside.plugins().install(List.of(jar.toString()))).getMessage();
    }

    @Test
    void offLetsEverythingIn() throws Exception {
        policy("off");
        assertEquals(List.of(), inside.plugins().install(List.of(plain.toString())).remarks());
    }

    @Test
    void warnLetsItInAndSaysSo() throws Exception {
        policy("warn");
        List<String> remarks = inside.plugins().install(List.of(plain.toString())).remarks();
        assertEquals(1, remarks.size());
        assertTrue(remarks.get(0).contains("plain.jar is not trusted: it is not signed, and its SHA-256 "), remarks.get(0));
    }

    @Test
    void enforceTakesWhatATrustedSignerSigned() throws Exception {
        policy("enforce");
        assertTrue(refused(plain).contains("is not signed, and its SHA-256 "), refused(plain));
        assertEquals(List.of(NAME + " 1.0.0"), inside.plugins().install(List.of(signed("known", plain).toString())).plugins());
        assertEquals(List.of("metric constant of " + NAME + " 1.0.0"), inside.parts("constant"));
    }

    @Test
    void enforceTakesNoStrangers() throws Exception {
        policy("enforce");
        String message = refused(signed("stranger", plain));
        assertTrue(message.contains("it is signed by CN=stranger, whom etc/plugin-signers does not have") && message.contains("trust=enforce"), message);
    }

    @Test
    void whatWasChangedAfterSigningIsNeverLetIn() throws Exception {
        Path signed = signed("known", plain);
        Path changed = PluginJar.changed(signed, folder.resolve("changed.jar"), Map.of("OSGI-INF/P0.xml", "<changed/>".getBytes(StandardCharsets.UTF_8)));
        for (String trust : List.of("off", "warn", "enforce")) {
            policy(trust);
            assertTrue(refused(changed).contains("it was changed after it was signed"), refused(changed));
        }
    }

    @Test
    void whatWasAddedAfterSigningIsNotSigned() throws Exception {
        policy("enforce");
        Path added = PluginJar.changed(signed("known", plain), folder.resolve("added.jar"), Map.of("acme/extra.txt", new byte[1]));
        assertTrue(refused(added).contains("its entry acme/extra.txt is not signed"), refused(added));
    }

    @Test
    void enforceTakesWhatTheAllowListHas() throws Exception {
        policy("enforce");
        String sha256 = refused(plain).replaceAll("(?s).*its SHA-256 ([0-9a-f]{64}).*", "$1");
        Files.writeString(folder.resolve("etc/plugins.sha256"), "# the metric of acme\n" + sha256 + "  plain.jar\n");
        assertEquals(List.of(NAME + " 1.0.0"), inside.plugins().install(List.of(plain.toString())).plugins());
    }

    @Test
    void anOperatorMayAllowAFileThatEndsTheProcess() throws Exception {
        Path exits = PluginJar.of(NAME, "1.0.0").metric("constant", "if (getClass().getName().isEmpty()) System.exit(1);", "return null;").write(folder.resolve("exits.jar"));
        String message = refused(exits);
        assertTrue(message.contains("calls java.lang.System.exit"), message);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(exits));
        Files.writeString(folder.resolve("etc/plugins.sha256"), HexFormat.of().formatHex(digest) + "\n");
        assertEquals(1, inside.plugins().install(List.of(exits.toString())).plugins().size());
    }

    @Test
    void whatIsNotTrustedAnyMoreIsNotStarted() throws Exception {
        policy("off");
        inside.plugins().install(List.of(plain.toString()));
        policy("enforce");
        stop();
        inside = Inside.start(folder, "engine-cpu");
        assertEquals(List.of(), inside.parts("constant"));
        assertTrue(inside.plugins().problems().get(0).contains("trust=enforce"), inside.plugins().problems().toString());
    }

    @Test
    void oneThatIsGoneDoesNotKeepTrustedOnesFromStarting() throws Exception {
        Path other = PluginJar.of("acme.other", "1.0.0").metric("other", 1).write(folder.resolve("other.jar"));
        inside.plugins().install(List.of(signed("known", plain).toString(), other.toString()));
        policy("enforce");
        String gone = inside.plugins().list().stream().filter(p -> p.name().equals("acme.other")).findFirst().orElseThrow().sha256();
        Files.delete(folder.resolve("plugins/.store/jars").resolve(gone + ".jar"));
        stop();
        inside = Inside.start(folder, "engine-cpu");
        assertEquals(1, inside.parts("constant").size());
        assertTrue(inside.plugins().problems().get(0).contains("acme.other 1.0.0 is gone"), inside.plugins().problems().toString());
    }

    @Test
    void goingBackDoesNotLeadAroundTrust() throws Exception {
        inside.plugins().install(List.of(plain.toString()));
        inside.plugins().update(List.of(signed("known", PluginJar.of(NAME, "2.0.0").metric("constant", 2).write(folder.resolve("two.jar"))).toString()));
        policy("enforce");
        String message = assertThrows(PluginException.class, () -> inside.plugins().rollback(-1)).getMessage();
        assertTrue(message.contains(NAME + " 1.0.0 is refused: it is not signed") && message.contains("trust=enforce"), message);
        assertEquals(List.of("metric constant of " + NAME + " 2.0.0"), inside.parts("constant"));
        inside.plugins().enable(List.of(NAME), false);
        inside.plugins().enable(List.of(NAME), true);
        assertEquals(1, inside.parts("constant").size());
    }

    @Test
    void anExpiredCertificateIsCalledThat() throws Exception {
        policy("enforce");
        String message = refused(signed("expired", plain));
        assertTrue(message.contains("the certificate of CN=expired was not valid when it was used"), message);
    }

    @Test
    void aPolicyThatCannotBeReadIsSaidOfEachPlugin() throws Exception {
        policy("off");
        inside.plugins().install(List.of(plain.toString()));
        policy("maybe");
        stop();
        inside = Inside.start(folder, "engine-cpu");
        assertEquals(List.of(), inside.parts("constant"));
        assertTrue(inside.plugins().list().get(0).remark().contains("trust was 'maybe' but must be"), inside.plugins().list().toString());
        policy("off");
        inside.plugins().enable(List.of(NAME), false);
        inside.plugins().enable(List.of(NAME), true);
        assertEquals(1, inside.parts("constant").size());
    }

    @Test
    void aPolicyThatCannotBeReadLetsNothingIn() throws Exception {
        for (Map.Entry<String, String> wrong : Map.of("trust=maybe", "trust was 'maybe' but must be off, warn or enforce", "thrust=off", "there is no setting 'thrust'", "seconds=soon", "seconds was 'soon' but must be", "trust=\\u00zz", "is no properties file").entrySet()) {
            Files.writeString(folder.resolve("etc/plugins.properties"), wrong.getKey());
            assertTrue(refused(plain).contains(wrong.getValue()), refused(plain));
        }
        policy("warn");
        Files.writeString(folder.resolve("etc/plugins.sha256"), "abc plain.jar\n");
        assertTrue(refused(plain).contains("plugins.sha256 line 1: expected a SHA-256"), refused(plain));
    }
}
