package relata.cli;

import java.util.function.BooleanSupplier;
import org.osgi.service.component.annotations.Component;
import relata.api.run.Interrupts;

/** The signals that this process gets, for commands of other bundles. */
@Component(service = Interrupts.class)
public final class ProcessInterrupts implements Interrupts {
    @Override
    public BooleanSupplier listen(Runnable first) {
        return Interrupt.listen(first);
    }
}
