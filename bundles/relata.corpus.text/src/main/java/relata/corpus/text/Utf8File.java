package relata.corpus.text;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import relata.api.corpus.CorpusException;

/**
 * The characters of a file, strictly as UTF-8; a file in another encoding is an error that names line and byte. A byte order mark is skipped. A gzipped file,
 * known by its first bytes, is unpacked on the way. Beside, the file's SHA-256 is computed.
 */
public final class Utf8File extends Reader {
    private final Path file;
    private final DigestInputStream raw;
    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).flip();
    private final CharBuffer chars = CharBuffer.allocate(1 << 14).flip();
    private long line = 1;
    private long byteOfFile;
    private long startOfLine;
    private boolean ended;

    private Utf8File(Path file, DigestInputStream raw, InputStream in) {
        this.file = file;
        this.raw = raw;
        this.in = in;
    }

    /** Opens a file. @throws CorpusException if it does not exist, is a folder, or is UTF-16 */
    public static Utf8File open(Path file) throws IOException {
        if (!Files.exists(file)) throw new CorpusException(file.toString(), "does not exist");
        if (Files.isDirectory(file)) throw new CorpusException(file.toString(), "is a folder, but a file was expected");
        return open(file, Files.newInputStream(file));
    }

    /**
     * Opens what is not a file of its own, such as an entry of a zip file.
     *
     * @param file its name, for messages
     * @param in its bytes, closed with this
     * @throws CorpusException if it is UTF-16
     */
    public static Utf8File open(Path file, InputStream in) throws IOException {
        DigestInputStream raw = new DigestInputStream(in, Hash.sha256());
        try {
            Utf8File opened = new Utf8File(file, raw, unpacked(file, raw));
            opened.begin();
            return opened;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private static InputStream unpacked(Path file, InputStream raw) throws IOException {
        BufferedInputStream in = new BufferedInputStream(raw, 1 << 16);
        in.mark(2);
        boolean zipped = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        try {
            return zipped ? new GZIPInputStream(in, 1 << 16) : in;
        } catch (ZipException | EOFException e) {
            throw damaged(file, e);
        }
    }

    private void begin() throws IOException {
        while (bytes.limit() < 3 && fill()) continue;
        int first = bytes.limit() > 0 ? bytes.get(0) & 0xff : 0;
        int second = bytes.limit() > 1 ? bytes.get(1) & 0xff : 0;
        if (first == 0xff && second == 0xfe || first == 0xfe && second == 0xff) throw new CorpusException(file, 1, "is UTF-16, but UTF-8 was expected; save the file as UTF-8");
        if (first == 0xef && second == 0xbb && bytes.limit() > 2 && (bytes.get(2) & 0xff) == 0xbf) {
            bytes.position(3);
            byteOfFile = 3;
        }
    }

    /** Adds bytes to those not yet decoded; false at the end. */
    private boolean fill() throws IOException {
        bytes.compact();
        try {
            int n = in.read(bytes.array(), bytes.position(), bytes.remaining());
            if (n > 0) bytes.position(bytes.position() + n);
            return n > 0;
        } catch (ZipException | EOFException e) {
            throw damaged(file, e);
        } finally {
            bytes.flip();
        }
    }

    private static CorpusException damaged(Path file, IOException e) {
        return new CorpusException(file.toString(), "is damaged or cut off: it begins as a gzip file, but cannot be unpacked (" + e.getMessage() + ")");
    }

    @Override
    public int read(char[] to, int offset, int length) throws IOException {
        if (length == 0) return 0;
        if (!chars.hasRemaining() && !decode()) return -1;
        int n = Math.min(length, chars.remaining());
        chars.get(to, offset, n);
        return n;
    }

    private boolean decode() throws IOException {
        chars.clear();
        try {
            while (chars.position() == 0) {
                int from = bytes.position();
                CoderResult result = decoder.decode(bytes, chars, ended);
                count(from, bytes.position());
                // what is right is handed out first, so that a mistake before this one is found first
                if (chars.position() > 0) return true;
                if (result.isError()) throw wrong();
                if (ended) return false;
                ended = !fill();
            }
            return true;
        } finally {
            chars.flip();
        }
    }

    private void count(int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes.get(i) != '\n') continue;
            line++;
            startOfLine = byteOfFile + i - from + 1;
        }
        byteOfFile += to - from;
    }

    private CorpusException wrong() {
        return new CorpusException(file, line, String.format("is not UTF-8: byte 0x%02X at byte %d of the line (byte %d of the file); save the file as UTF-8",
                bytes.get(bytes.position()), byteOfFile - startOfLine + 1, byteOfFile + 1));
    }

    /** Reads on to the end of the file. @return its SHA-256, in lower-case hex */
    public String hash() throws IOException {
        raw.transferTo(OutputStream.nullOutputStream());
        return HexFormat.of().formatHex(raw.getMessageDigest().digest());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
