package relata.engine.pytorch.service;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript text the way libtorch loads it: a zip of uncompressed entries, of which only the code is more than a few bytes. The
 * text is compiled by libtorch; no Python is needed at any time.
 */
final class TorchScript {
    // a pickle of: one object of class __torch__.K with the attribute training = True
    private static final String MODULE = "\u0080\u0002c__torch__\nK\n)\u0081}(X\u0008\u0000\u0000\u0000training\u0088ub.";
    // a pickle of the empty tuple: no tensor constants
    private static final String NO_CONSTANTS = "\u0080\u0002).";

    private TorchScript() {}

    /**
     * The archive of a text.
     *
     * @param source a class {@code K(Module)} without parameters, in the language of TorchScript's own archives
     */
    static byte[] archive(String source) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            entry(zip, "k/data.pkl", MODULE.getBytes(StandardCharsets.ISO_8859_1));
            entry(zip, "k/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
            entry(zip, "k/constants.pkl", NO_CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
            entry(zip, "k/version", "3\n".getBytes(StandardCharsets.US_ASCII));
            entry(zip, "k/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A text that lies beside this class. */
    static String resource(String name) {
        try (InputStream in = TorchScript.class.getResourceAsStream(name)) {
            if (in == null) throw new FileNotFoundException("the bundle holds no " + name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
