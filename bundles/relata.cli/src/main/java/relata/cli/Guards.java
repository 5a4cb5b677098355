package relata.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import relata.api.component.Ref;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.run.Workbench;
import relata.api.view.TokenGuard;

/** The tokens that an augmenter must leave alone: those of the entities, and those of the guards among its settings. */
final class Guards {
    private final List<TokenGuard> guards;

    private Guards(List<TokenGuard> guards) {
        this.guards = guards;
    }

    /** The guards that a part's settings refer to, at any depth. */
    static Guards of(Ref<?> part, Workbench workbench) {
        List<Ref<TokenGuard>> refs = new ArrayList<>();
        collect(part.config(), refs);
        return new Guards(refs.stream().map(workbench::create).toList());
    }

    /** Token indexes of the example. */
    BitSet of(Example example) {
        BitSet tokens = new BitSet();
        for (Entity entity : example.passage().entities()) tokens.or(entity.tokens());
        for (TokenGuard guard : guards) tokens.or(guard.guarded(example));
        return tokens;
    }

    private static void collect(Object value, List<Ref<TokenGuard>> refs) {
        if (value instanceof Ref<?> ref) {
            if (ref.kind() == TokenGuard.class) refs.add(Inputs.cast(TokenGuard.class, ref));
            collect(ref.config(), refs);
        } else if (value instanceof List<?> list) list.forEach(v -> collect(v, refs));
        else if (value instanceof Map<?, ?> map) map.values().forEach(v -> collect(v, refs));
        else if (value instanceof Optional<?> optional) optional.ifPresent(v -> collect(v, refs));
        else if (value instanceof Record settings) for (RecordComponent component : settings.getClass().getRecordComponents()) collect(value(settings, component), refs);
    }

    private static Object value(Record settings, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(settings);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("the setting " + component.getName() + " of " + settings.getClass().getName() + " cannot be read: " + e, e);
        }
    }
}
