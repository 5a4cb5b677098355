package relata.augment.lexical;

import relata.api.component.ComponentProvider;
import relata.api.view.Augmenter;
import relata.testkit.AugmenterContract;

class IdentityTest implements AugmenterContract<Identity.Config> {
    @Override
    public ComponentProvider<Augmenter, Identity.Config> provider() {
        return new Identity();
    }

    @Override
    public boolean changes() {
        return false;
    }
}
