package relata.corpus.biomedical;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import relata.api.corpus.CorpusException;

/** A zip file that nobody vouches for: what its names and sizes say is checked, and again what really comes out. */
final class Archive implements AutoCloseable {
    static final int MOST_ENTRIES = 50_000;
    /** Bytes that all entries together may unpack to. */
    static final long LARGEST = 4L << 30;
    /** Text is packed 3 to 30 times; far beyond that lies what was made to fill memory. */
    static final int MOST_TIMES = 200;
    /** Below this size no ratio is too high. */
    static final long SMALL = 1 << 20;

    private final Path path;
    private final ZipFile zip;
    private final SortedMap<String, ZipEntry> entries = new TreeMap<>();
    private long unpacked;

    private Archive(Path path, ZipFile zip) {
        this.path = path;
        this.zip = zip;
    }

    static boolean isZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(4);
            return head.length == 4 && head[0] == 'P' && head[1] == 'K' && (head[2] == 3 && head[3] == 4 || head[2] == 5 && head[3] == 6);
        }
    }

    /** Opens it and looks at what it lists. @throws CorpusException if it is damaged, or lists what no corpus has */
    static Archive open(Path path) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(path.toFile());
        } catch (ZipException | EOFException e) {
            throw new CorpusException(path.toString(), "is damaged or cut off: it begins as a zip file, but cannot be read" + words(e));
        }
        Archive archive = new Archive(path, zip);
        try {
            archive.list();
            return archive;
        } catch (CorpusException e) {
            zip.close();
            throw e;
        }
    }

    private void list() throws CorpusException {
        if (zip.size() > MOST_ENTRIES) throw new CorpusException(path.toString(), "has " + zip.size() + " entries, but at most " + MOST_ENTRIES + " were expected");
        long size = 0;
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements();) {
            ZipEntry entry = all.nextElement();
            String name = entry.getName();
            if (name.startsWith("/") || name.contains("\\") || name.contains("\0") || name.matches("[A-Za-z]:.*") || ("/" + name + "/").contains("/../"))
                throw new CorpusException(path.toString(), "has an entry '" + name.replace("\0", "\\0") + "' that leads out of the archive");
            if (entry.isDirectory()) continue;
            if (entries.put(name, entry) != null) throw new CorpusException(path.toString(), "has two entries '" + name + "'");
            size += Math.max(0, entry.getSize());
            if (size > LARGEST) throw new CorpusException(path.toString(), "unpacks to more than " + (LARGEST >> 30) + " GB");
        }
    }

    SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(entries.keySet()));
    }

    /** An entry, for messages. */
    Path path(String name) {
        return Path.of(path + "!").resolve(name);
    }

    /** An entry's bytes; reading on fails where they are more than the limits. */
    InputStream stream(String name) throws IOException {
        ZipEntry entry = entries.get(name);
        if (entry == null) throw new CorpusException(path(name).toString(), "does not exist");
        try {
            return new Limited(zip.getInputStream(entry), path(name), entry);
        } catch (ZipException | EOFException e) {
            throw damaged(path(name), e);
        }
    }

    private static CorpusException damaged(Path entry, IOException e) {
        return new CorpusException(entry.toString(), "cannot be unpacked: the zip file is damaged or encrypted" + words(e));
    }

    private static String words(IOException e) {
        return e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private final class Limited extends FilterInputStream {
        private final Path path;
        private final ZipEntry entry;
        private final CRC32 sum = new CRC32();
        private long read;

        Limited(InputStream in, Path path, ZipEntry entry) {
            super(in);
            this.path = path;
            this.entry = entry;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n;
            try {
                n = super.read(bytes, offset, length);
            } catch (ZipException | EOFException e) {
                throw damaged(path, e);
            }
            if (n < 0) {
                // ZipFile itself does not compare
                if (read != entry.getSize() || sum.getValue() != entry.getCrc()) throw new CorpusException(path.toString(), "is damaged: its length or checksum is not what the zip file says");
                return n;
            }
            sum.update(bytes, offset, n);
            read += n;
            unpacked += n;
            if (read > SMALL && read / Math.max(1, entry.getCompressedSize()) > MOST_TIMES) throw new CorpusException(path.toString(), "unpacks to more than " + MOST_TIMES + " times its size: no text does");
            if (unpacked > LARGEST) throw new CorpusException(path.toString(), "the zip file unpacks to more than " + (LARGEST >> 30) + " GB");
            return n;
        }
    }
}
