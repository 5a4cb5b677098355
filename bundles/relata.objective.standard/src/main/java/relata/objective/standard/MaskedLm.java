package relata.objective.standard;

import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.learn.Objective;
import relata.api.learn.Vocabulary;

/**
 * Masked language modelling (Devlin et al. 2019, section 3.1): some sub-words of each view are hidden or changed, and the encoder says what was there.
 * Beside another objective it keeps the encoder from forgetting its language (Peng et al. 2020, eq. 3); that objective then sees the changed views
 * too, since a batch goes through the encoder once.
 *
 * <p>Padding, {@code [CLS]}, {@code [SEP]} and the markers that {@code protect} names are never drawn. Of what remains each sub-word is drawn by
 * itself; BERT's own code draws a fixed number in each text. Needs an encoder with a vocabulary and token states.
 */
@Component(service = ComponentProvider.class)
@ComponentName("masked-lm")
@Doc("Hides some sub-words and predicts them, as BERT is pre-trained. All objectives of the stage see the text with these hidden.")
@Source("Devlin et al. 2019, section 3.1; Peng et al. 2020, section 3.2")
public final class MaskedLm implements ComponentProvider<Objective, MaskedLm.Config> {
    /** Which markers of entities are not hidden. */
    public enum Protect {
        /** Those before and those after mentions. */
        MARKERS,
        /** Those before mentions, so that those after may be hidden, as in the code released with CP. */
        STARTS,
        /** None. */
        NONE;

        boolean covers(Vocabulary.Role role) {
            return role == Vocabulary.Role.START_MARKER && this != NONE || role == Vocabulary.Role.END_MARKER && this == MARKERS;
        }
    }

    /** Settings. */
    public record Config(
            @Doc("Share of the sub-words that are to be predicted.") @Default("0.15") @Range("(0, 1]") double rate,
            @Doc("Of these, the share in whose place [MASK] stands.") @Default("0.8") @Range("[0, 1]") double masked,
            @Doc("Of these, the share in whose place any sub-word of the vocabulary stands; the rest stay as they are.") @Default("0.1") @Range("[0, 1]") double random,
            @Doc("Markers of entities that stay: markers (all), starts (those before mentions, as in the released code of Peng et al. 2020) or none.")
                    @Default("markers") Protect protect) {
        /** Checks that there is no more than all. */
        public Config {
            if (masked + random > 1 + 1e-9) throw new IllegalArgumentException("masked and random are shares of the same sub-words and must not add up to more than 1, but are " + masked + " and " + random);
        }
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Objective create(Config config, Parts parts) {
        return new Objective() {
            @Override
            public boolean needsVocabulary() {
                return true;
            }

            @Override
            public Term open(Setting setting) {
                return new WordPrediction(config, setting);
            }
        };
    }
}
