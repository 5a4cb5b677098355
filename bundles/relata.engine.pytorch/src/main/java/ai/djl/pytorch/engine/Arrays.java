package ai.djl.pytorch.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the arrays that each thread has made and not closed. Managers tell it what they get and what leaves them. */
public final class Arrays {
    private static final ThreadLocal<long[]> OPEN = ThreadLocal.withInitial(() -> new long[1]);
    /** Those that no manager has: detached, to be closed by whoever did it, or on their way to another manager. */
    private static final Map<String, PtNDArray> LOOSE = new ConcurrentHashMap<>();

    private Arrays() {}

    /** Arrays made minus arrays closed on this thread. */
    public static long open() {
        return OPEN.get()[0];
    }

    /** A manager has got an array. */
    static void attached(String uid) {
        if (LOOSE.remove(uid) == null) OPEN.get()[0]++;
    }

    /** An array leaves its manager: closed, or detached. */
    static void left(String uid, PtNDArray array) {
        if (array.isReleased()) OPEN.get()[0]--;
        else LOOSE.put(uid, array);
    }

    /** Something that no manager has is closed or finds a manager. */
    static void leftNone(String uid) {
        PtNDArray array = LOOSE.get(uid);
        if (array != null && array.isReleased() && LOOSE.remove(uid, array)) OPEN.get()[0]--;
    }
}
