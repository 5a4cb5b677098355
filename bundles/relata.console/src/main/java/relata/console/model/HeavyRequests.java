package relata.console.model;

import java.util.concurrent.Semaphore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import relata.console.rest.Handler;
import relata.console.rest.Refusal;

/** Requests that compute for seconds: few at once, so that they leave threads to all others. What is too much is refused at once instead of waiting. */
@Component(service = HeavyRequests.class)
public final class HeavyRequests {
    /** How many are answered at once, of all kinds together. */
    static final int MOST = 16;

    /** How many may wait for a model's next batch, which others compute for them. */
    static final int MOST_WAITING = 96;

    private final Semaphore free = new Semaphore(MOST);
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    /** None yet. */
    @Activate
    public HeavyRequests() {}

    /** The same for requests that also wait for each other: of these fewer at once, so that they leave room to other kinds. @param most of them at once */
    Handler few(int most, Handler handler) {
        Semaphore own = new Semaphore(most);
        Handler shared = few(handler);
        return request -> {
            if (!own.tryAcquire()) throw new Refusal(503, "busy", most + " such requests are being answered or wait, and no more may. Ask again in a moment.");
            try {
                return shared.answer(request);
            } finally {
                own.release();
            }
        };
    }

    /** The same handler, which refuses with status 503 while too many are being answered. */
    Handler few(Handler handler) {
        return limited(free, handler, MOST + " requests that take long are being answered, and no more may. Ask again in a moment.");
    }

    /** Likewise for what only waits: more at once. */
    Handler many(Handler handler) {
        return limited(waiting, handler, MOST_WAITING + " requests wait for answers, and no more may. Ask again in a moment.");
    }

    private static Handler limited(Semaphore places, Handler handler, String full) {
        return request -> {
            if (!places.tryAcquire()) throw new Refusal(503, "busy", full);
            try {
                return handler.answer(request);
            } finally {
                places.release();
            }
        };
    }
}
