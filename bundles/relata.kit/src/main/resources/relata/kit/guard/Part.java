package {{package}};

import java.util.BitSet;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.view.TokenGuard;

/** Keeps numbers, doses, dates and names such as <em>COX-2</em>: every token with at least {@code digits} digits. */
@Component(service = ComponentProvider.class)
@ComponentName("{{name}}")
@Doc("Keeps tokens that hold a digit.")
@Source("")
public final class {{class}} implements ComponentProvider<TokenGuard, {{class}}.Config> {
    /** Settings. */
    public record Config(@Doc("How many digits a token must hold to be kept.") @Default("1") @Range("[1, inf)") int digits) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public TokenGuard create(Config config, Parts parts) {
        return example -> {
            List<String> tokens = example.passage().tokens();
            BitSet guarded = new BitSet();
            for (int i = 0; i < tokens.size(); i++) if (tokens.get(i).codePoints().filter(Character::isDigit).count() >= config.digits()) guarded.set(i);
            return guarded;
        };
    }
}
