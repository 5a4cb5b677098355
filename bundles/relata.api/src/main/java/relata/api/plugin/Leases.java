package relata.api.plugin;

import org.osgi.annotation.versioning.ProviderType;

/** Keeps plug-ins, in the versions that are there, for work that began with them. A service of the platform. */
@ProviderType
public interface Leases {
    /** Held while something works; {@link #close} gives it back, once. */
    interface Lease extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Keeps all plug-ins that are admitted now: one that is replaced or removed later stays as it is until the lease is closed.
     *
     * @param holder who works, for people: a run's id
     */
    Lease take(String holder);

    /** Whether new work may use a bundle's services: false of a plug-in that is being tried out, and of one that has been replaced or removed. */
    boolean admitted(long bundle);
}
