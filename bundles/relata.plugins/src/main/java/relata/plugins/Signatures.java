package relata.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import relata.api.plugin.PluginException;

/** Whether a file is one that an operator trusts: by its hash, or because every entry is signed by a trusted signer. */
final class Signatures {
    private static final String SIGNATURE = "META-INF/[^/]+\\.(SF|RSA|DSA|EC)";

    private final Path file;
    private final Policy policy;

    Signatures(Path file, Policy policy) {
        this.file = file;
        this.policy = policy;
    }

    /**
     * Warnings; empty if the file is trusted or trust is off.
     *
     * @param said the file's name for messages
     * @throws PluginException if trust is enforced and the file is not trusted, or if it was changed after it was signed, which is never let in
     */
    List<String> remarks(String said, String sha256, boolean allowed) throws PluginException, IOException {
        Optional<String> unsigned;
        try {
            unsigned = unsigned();
        } catch (SecurityException e) {
            throw new PluginException(said + " is refused: it was changed after it was signed: " + e.getMessage());
        }
        if (allowed || unsigned.isEmpty() || policy.trust() == Policy.Trust.OFF) return List.of();
        String why = unsigned.get() + ", and its SHA-256 " + sha256 + " is not in etc/plugins.sha256";
        if (policy.trust() == Policy.Trust.ENFORCE) throw new PluginException(said + " is refused: " + why + "; etc/" + Policy.FILE + " says trust=enforce");
        return List.of(said + " is not trusted: " + why);
    }

    /** Why it does not count as signed by a trusted signer; empty if it does. @throws SecurityException if it was changed after it was signed */
    private Optional<String> unsigned() throws IOException {
        Optional<String> problem = Optional.empty();
        try (JarFile jar = new JarFile(file.toFile(), true)) {
            if (jar.stream().noneMatch(e -> e.getName().matches(SIGNATURE))) return Optional.of("it is not signed");
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (entry.isDirectory()) continue;
                try (InputStream in = jar.getInputStream(entry)) {
                    in.transferTo(OutputStream.nullOutputStream()); // signers are known, and digests compared, once all is read
                }
                String name = entry.getName();
                if (name.equals(JarFile.MANIFEST_NAME) || name.matches(SIGNATURE) || problem.isPresent()) continue;
                CodeSigner[] signers = entry.getCodeSigners();
                if (signers == null) problem = Optional.of("its entry " + name + " is not signed");
                else if (Arrays.stream(signers).noneMatch(this::known)) problem = Optional.of("it is signed by " + name(signers[0]) + ", whom etc/plugin-signers does not have");
                else if (Arrays.stream(signers).noneMatch(s -> known(s) && valid(s)))
                    problem = Optional.of("the certificate of " + name(signers[0]) + " was not valid when it was used: sign with a valid one, or with a time stamp (jarsigner -tsa) while it is");
            }
        }
        return problem;
    }

    /** Whether the signer's certificate is one of the operator's. */
    private boolean known(CodeSigner signer) {
        return policy.signers().contains(signer.getSignerCertPath().getCertificates().get(0));
    }

    /** Whether the certificate was valid when it signed if a time stamp tells, else whether it is now. */
    private static boolean valid(CodeSigner signer) {
        try {
            if (signer.getSignerCertPath().getCertificates().get(0) instanceof X509Certificate x) {
                if (signer.getTimestamp() == null) x.checkValidity();
                else x.checkValidity(signer.getTimestamp().getTimestamp());
            }
            return true;
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            return false;
        }
    }

    private static String name(CodeSigner signer) {
        return signer.getSignerCertPath().getCertificates().get(0) instanceof X509Certificate x ? x.getSubjectX500Principal().getName() : "an unknown signer";
    }
}
