package relata.console.rest;

import com.google.gson.JsonParseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What a client asks, as far as a handler needs to know it. */
public final class Request {
    /** Bodies of JSON are no larger, in bytes. */
    public static final long LARGEST_BODY = 1 << 20;

    private final Role role;
    private final Map<String, String> path;
    private final Map<String, String> query;
    private final InputStream body;
    private final String last;

    /**
     * @param path what stands in place of the route's names
     * @param query what stands after the question mark; of words given twice the first
     * @param body may be read once
     * @param last the id of the last event that the client has seen, or empty
     */
    public Request(Role role, Map<String, String> path, Map<String, String> query, InputStream body, String last) {
        this.role = role;
        this.last = last;
        this.path = Map.copyOf(path);
        this.query = Map.copyOf(query);
        this.body = body;
    }

    /** Of a client that has seen no event. */
    public Request(Role role, Map<String, String> path, Map<String, String> query, InputStream body) {
        this(role, path, query, body, "");
    }

    /** Who asks. */
    public Role role() {
        return role;
    }

    /** What stands in place of a name of the route's path. Never to be taken for a path of the file system. */
    public String path(String name) {
        String value = path.get(name);
        if (value == null) throw new IllegalArgumentException("the route has no {" + name + "}");
        return value;
    }

    /** What is asked for by a word after the question mark; an empty string if it is not there. */
    public String query(String name) {
        return query.getOrDefault(name, "");
    }

    /** The id of the last event that the client has seen, from the header {@code Last-Event-ID}; empty if there is none. */
    String last() {
        return last;
    }

    /** A whole number after the question mark. @throws Refusal if it is none, or not in the range */
    public int number(String name, int standard, int min, int max) throws Refusal {
        String text = query(name);
        if (text.isEmpty()) return standard;
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) return number;
        } catch (NumberFormatException e) {
            // said below
        }
        throw new Refusal(400, "wrong-query", name + " was '" + text + "' but must be a whole number from " + min + " to " + max + ".");
    }

    /**
     * The body, read as a record. Settings that carry {@link relata.api.component.Default} may be left out.
     *
     * @throws Refusal if it is too large, no JSON, or not as the record says
     */
    public <T> T body(Class<T> type) throws Refusal, IOException {
        try {
            return Json.read(text(), type);
        } catch (JsonParseException e) {
            throw new Refusal(400, "wrong-body", "The body is not as it should be.", List.of(said(e)));
        }
    }

    /** Gson puts names of classes before what is wrong, and where to read on about itself behind. */
    private static String said(JsonParseException problem) {
        return String.valueOf(problem.getMessage()).lines().findFirst().orElse("").replaceAll("([a-z]+\\.)+[A-Z]\\w*(Exception|Error): ", "");
    }

    private String text() throws Refusal, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream in = stream(LARGEST_BODY)) {
            in.transferTo(bytes);
        } catch (TooLarge e) {
            throw new Refusal(413, "too-large", e.getMessage());
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(400, "wrong-body", "The body is not UTF-8 text.");
        }
    }

    /** The body as it comes. @param most bytes; reading on from there throws {@link TooLarge} */
    public InputStream stream(long most) {
        return new Bounded(body, most);
    }

    /** A body is larger than it may be. */
    public static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1;

        TooLarge(long most) {
            super("The body has more than " + most + " bytes.");
        }
    }

    private static final class Bounded extends java.io.FilterInputStream {
        private final long most;
        private long read;

        Bounded(InputStream in, long most) {
            super(in);
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            if (one >= 0) count(1);
            return one;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            if (n > 0) count(n);
            return n;
        }

        private void count(int n) throws IOException {
            read += n;
            if (read > most) throw new TooLarge(most);
        }
    }
}
