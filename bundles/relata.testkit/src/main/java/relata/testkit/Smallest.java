package relata.testkit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;
import relata.api.corpus.Example;

/**
 * Asserts something of inputs, and tells a failure by the smallest input that shows it: from what fails, a little is taken away again and again, as
 * long as it fails in the same way.
 *
 * @param <T> the kind of input
 */
final class Smallest<T> {
    /** So many smaller inputs are tried; enough for what contracts show to parts, and an end for what fails by chance. */
    private static final int TRIES = 300;

    private final Function<T, ? extends Collection<T>> smaller;
    private final Function<T, String> shown;

    /** What is asserted. */
    interface Check<T> {
        /** @throws Exception or an {@link AssertionError} if it does not hold */
        void of(T input) throws Exception;
    }

    /**
     * @param smaller an input with a little less, in all ways; nothing where no less is left
     * @param shown an input in words
     */
    Smallest(Function<T, ? extends Collection<T>> smaller, Function<T, String> shown) {
        this.smaller = smaller;
        this.shown = shown;
    }

    /** Asserts it of all of them. */
    void all(Collection<? extends T> inputs, Check<T> check) {
        for (T input : inputs) one(input, check);
    }

    /** Asserts it of one. */
    void one(T input, Check<T> check) {
        Optional<Throwable> found = failure(input, check);
        if (found.isEmpty()) return;
        T least = input;
        Throwable why = found.get();
        int tries = 0;
        for (@Nullable T next = input; next != null && tries < TRIES; ) {
            T now = next;
            next = null;
            for (T less : smaller.apply(now)) {
                if (++tries > TRIES) break;
                Optional<Throwable> still = failure(less, check);
                if (still.isEmpty() || still.get().getClass() != why.getClass()) continue;
                next = less;
                least = less;
                why = still.get();
                break;
            }
        }
        throw new AssertionFailedError(message(why) + "\n  the smallest input that shows it: " + shown.apply(least), why);
    }

    private static String message(Throwable why) {
        if (!(why instanceof AssertionError) || why.getMessage() == null) return "it threw " + why;
        // what JUnit adds to a sentence that was true or false
        return why.getMessage().replaceFirst(" ==> expected: <(true|false)> but was: <(true|false)>$", "");
    }

    private static <T> Optional<Throwable> failure(T input, Check<T> check) {
        try {
            check.of(input);
            return Optional.empty();
        } catch (TestAbortedException skipped) {
            throw skipped;
        } catch (Exception | AssertionError | StackOverflowError e) {
            return Optional.of(e);
        }
    }

    /** Of lists, that may become empty if {@code least} is 0: halves of a list first, then a list without one of its entries. */
    static <E> List<List<E>> parts(List<E> list, int least) {
        ArrayList<List<E>> parts = new ArrayList<>();
        int n = list.size();
        if (n >= 4 && n / 2 >= least) {
            parts.add(list.subList(0, n / 2));
            parts.add(list.subList(n / 2, n));
        }
        if (n > least)
            for (int i = 0; i < n; i++) {
                ArrayList<E> without = new ArrayList<>(list);
                without.remove(i);
                parts.add(without);
            }
        return parts;
    }

    /** Contrasts: without an instance, or a row, or a column; then with plainer numbers. */
    static Smallest<PlainContrast> contrast() {
        return new Smallest<>(PlainContrast::smaller, PlainContrast::words);
    }

    /** Examples: with fewer pairs, entities, mentions and tokens. */
    static Smallest<Example> example() {
        return new Smallest<>(SmallerExamples::of, SmallerExamples::words);
    }
}
