package relata.parse.corenlp;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A file that only grows, of records: length of the payload (int), CRC-32 of key and payload (int), key (32 bytes), payload.
 *
 * <p>Several processes may use it at once: each appends under the file's lock, and reads on where others appended. A record that a process
 * left half-written when it died is no record to readers, and the next append cuts it off. The same goes for a damaged record and what follows
 * it. The file serves speed alone: where it cannot be read or written, that is logged once, and there is nothing in it.
 */
final class ParseFile {
    private static final Logger LOG = System.getLogger(ParseFile.class.getName());
    private static final int HEADER = Integer.BYTES + Integer.BYTES + ParseKey.BYTES;

    private final Path file;
    private final Map<ParseKey, Long> offsets = new HashMap<>();
    /** Where the next record to read begins: everything before is in {@link #offsets}. */
    private long end;
    private boolean unusable;

    ParseFile(Path file) {
        this.file = file;
    }

    /** The payload stored under a key. */
    synchronized Optional<byte[]> find(ParseKey key) {
        if (unusable || !Files.exists(file)) return Optional.empty();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (!offsets.containsKey(key)) readOn(channel);
            Long offset = offsets.get(key);
            if (offset == null) return Optional.empty();
            Optional<byte[]> payload = read(channel, offset, key);
            if (payload.isEmpty()) forget();
            return payload;
        } catch (IOException e) {
            return giveUp(e);
        }
    }

    /** Stores a payload, unless the key is there already. */
    synchronized void append(ParseKey key, byte[] payload) {
        if (unusable) return;
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                // until the channel closes
                channel.lock();
                readOn(channel);
                if (end < channel.size()) {
                    // nobody else writes now, so this is no record in the making. Cut it off; but first make sure where the last good one ends
                    forget();
                    readOn(channel);
                    channel.truncate(end);
                }
                if (offsets.containsKey(key)) return;
                ByteBuffer record = ByteBuffer.allocate(HEADER + payload.length).putInt(payload.length).putInt(crc(key, payload)).put(key.bytes()).put(payload).flip();
                long start = end;
                for (long at = start; record.hasRemaining(); ) at += channel.write(record, at);
                offsets.put(key, start);
                end = start + HEADER + payload.length;
            }
        } catch (OverlappingFileLockException e) {
            // another copy of this class in the same process writes just now: this parse is stored next time
            LOG.log(Level.DEBUG, "not stored: {0}", e);
        } catch (IOException e) {
            giveUp(e);
        }
    }

    private Optional<byte[]> giveUp(IOException e) {
        // someone stops this thread, which says nothing about the file
        if (e instanceof ClosedByInterruptException || e instanceof FileLockInterruptionException) return Optional.empty();
        unusable = true;
        LOG.log(Level.WARNING, "The parse cache {0} cannot be used, so parses are not kept: {1}", file, e);
        return Optional.empty();
    }

    private void forget() {
        offsets.clear();
        end = 0;
    }

    /** Takes in the whole records behind {@link #end}. */
    private void readOn(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < end) forget();
        if (size == end) return;
        // not closed: that would close the channel
        DataInputStream in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel.position(end)), 1 << 16));
        while (size - end >= HEADER) {
            int length = in.readInt();
            int crc = in.readInt();
            if (length < 0 || length > size - end - HEADER) return;
            ParseKey key = ParseKey.of(in.readNBytes(ParseKey.BYTES));
            byte[] payload = in.readNBytes(length);
            if (payload.length < length || crc(key, payload) != crc) return;
            offsets.put(key, end);
            end += HEADER + length;
        }
    }

    private static Optional<byte[]> read(FileChannel channel, long offset, ParseKey key) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        if (!fill(channel, header, offset)) return Optional.empty();
        int length = header.getInt();
        int crc = header.getInt();
        byte[] found = new byte[ParseKey.BYTES];
        header.get(found);
        if (!ParseKey.of(found).equals(key) || length < 0 || length > channel.size() - offset - HEADER) return Optional.empty();
        ByteBuffer payload = ByteBuffer.allocate(length);
        return fill(channel, payload, offset + HEADER) && crc(key, payload.array()) == crc ? Optional.of(payload.array()) : Optional.empty();
    }

    private static boolean fill(FileChannel channel, ByteBuffer buffer, long offset) throws IOException {
        while (buffer.hasRemaining()) if (channel.read(buffer, offset + buffer.position()) < 0) return false;
        buffer.flip();
        return true;
    }

    private static int crc(ParseKey key, byte[] payload) {
        CRC32 crc = new CRC32();
        crc.update(key.bytes());
        crc.update(payload);
        return (int) crc.getValue();
    }
}
