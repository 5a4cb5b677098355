package relata.console.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import relata.api.corpus.Example;
import relata.api.evaluate.Embeddings;
import relata.api.evaluate.Predictions;
import relata.api.evaluate.RelationModel;

/**
 * A request to a model that waits, or a part of one, for answers or for vectors.
 *
 * @param answers complete when they are there, if it is for answers
 * @param vectors likewise
 */
record Work(List<Example> examples, CompletableFuture<Predictions> answers, CompletableFuture<Embeddings> vectors, boolean encodes) {
    /** A request, in parts of so many sentences at most: what is large is done by all threads, and in many breaks of a training. */
    static List<Work> parts(List<Example> examples, int most, boolean encodes) {
        List<Work> parts = new ArrayList<>();
        for (int from = 0; from < Math.max(1, examples.size()); from += most)
            parts.add(new Work(examples.subList(from, Math.min(from + most, examples.size())), new CompletableFuture<>(), new CompletableFuture<>(), encodes));
        return parts;
    }

    /** The answers of all parts of a request, when the last is there. */
    static CompletableFuture<Predictions> answers(List<Work> parts) {
        return together(parts.stream().map(Work::answers).toList(), all -> new Predictions(all.get(0).labels(), all.get(0).negative(), all.stream().flatMap(p -> p.items().stream()).toList()));
    }

    /** The vectors of all parts of a request, when the last is there. */
    static CompletableFuture<Embeddings> vectors(List<Work> parts) {
        return together(parts.stream().map(Work::vectors).toList(), all -> new Embeddings(all.stream().flatMap(e -> Arrays.stream(e.rows())).toArray(float[][]::new)));
    }

    /** Whoever gives up the whole gives up its parts. */
    private static <T> CompletableFuture<T> together(List<CompletableFuture<T>> parts, Function<List<T>, T> join) {
        if (parts.size() == 1) return parts.get(0);
        CompletableFuture<T> all = CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)).thenApply(done -> join.apply(parts.stream().map(CompletableFuture::join).toList()));
        all.whenComplete((answer, problem) -> parts.forEach(part -> part.cancel(false)));
        return all;
    }

    int size() {
        return examples.size();
    }

    /** True if nobody waits for it any more. */
    boolean over() {
        return encodes ? vectors.isDone() : answers.isDone();
    }

    /** Whoever waits is told why there is no answer. */
    void fail(Throwable why) {
        answers.completeExceptionally(why);
        vectors.completeExceptionally(why);
    }

    /** Does several together: one for vectors, or any number for answers. What one of them asks must not spoil the answers of the others. */
    static void done(List<Work> batch, RelationModel model) {
        try {
            if (batch.get(0).encodes()) batch.get(0).vectors().complete(model.encode(batch.get(0).examples()));
            else answer(batch, model.predict(batch.stream().flatMap(w -> w.examples().stream()).toList()));
        } catch (Throwable e) {
            if (batch.size() > 1) batch.forEach(w -> done(List.of(w), model));
            else batch.get(0).fail(e);
        }
    }

    private static void answer(List<Work> batch, Predictions all) {
        int from = 0;
        for (Work work : batch) {
            int to = from + work.examples().stream().mapToInt(e -> e.pairs().size()).sum();
            work.answers().complete(new Predictions(all.labels(), all.negative(), all.items().subList(from, to)));
            from = to;
        }
    }
}
