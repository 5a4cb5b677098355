package relata.runtime;

import java.util.BitSet;
import java.util.List;
import relata.api.component.Parts;
import relata.api.component.Ref;
import relata.api.corpus.Entity;
import relata.api.view.TokenGuard;

/** The tokens that an augmenter must leave alone. */
final class Guards {
    private Guards() {}

    /** The tokens of the entities, and those of the guards that a part's settings refer to, at any depth. */
    static TokenGuard of(Ref<?> part, Parts parts) {
        List<TokenGuard> guards = SettingWalk.parts(TokenGuard.class, part.config(), "").stream().map(found -> parts.create(OpenModel.cast(TokenGuard.class, found.ref()))).toList();
        return example -> {
            BitSet tokens = new BitSet();
            for (Entity entity : example.passage().entities()) tokens.or(entity.tokens());
            for (TokenGuard guard : guards) tokens.or(guard.guarded(example));
            return tokens;
        };
    }
}
