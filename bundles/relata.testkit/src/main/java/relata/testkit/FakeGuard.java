package relata.testkit;

import java.util.BitSet;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.corpus.Example;
import relata.api.view.TokenGuard;

/** {@code { use: fake }}: a guard that keeps every third token: 0, 3, 6 and so on. */
@ComponentName("fake")
@Doc("Keeps every third token")
@Source("")
public final class FakeGuard implements ComponentProvider<TokenGuard, FakeGuard.Config> {
    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public TokenGuard create(Config config, Parts parts) {
        return FakeGuard::guarded;
    }

    /** What it keeps. */
    public static BitSet guarded(Example example) {
        BitSet guarded = new BitSet();
        for (int i = 0; i < example.passage().tokens().size(); i += 3) guarded.set(i);
        return guarded;
    }
}
