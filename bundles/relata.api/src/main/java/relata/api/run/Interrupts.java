package relata.api.run;

import java.util.function.BooleanSupplier;
import org.osgi.annotation.versioning.ProviderType;

/** Ctrl-C, and the system's wish that the process ends. A service of the platform. */
@ProviderType
public interface Interrupts {
    /**
     * Listens from now on: the first signal asks for a clean stop, the second ends the process at once.
     *
     * @param first done at the first signal, on a thread of the system's
     * @return true once a stop was asked for
     */
    BooleanSupplier listen(Runnable first);
}
