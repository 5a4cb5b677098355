package relata.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import relata.api.plugin.Leases.Lease;

class OpenLeasesTest {
    private final OpenLeases leases = new OpenLeases();
    private final List<String> gone = new ArrayList<>();

    private void retire(long... bundles) {
        List<Long> all = Arrays.stream(bundles).boxed().toList();
        leases.retire(all, () -> gone.add(all.toString()));
    }

    @Test
    void whatNobodyUsesGoesAtOnce() {
        leases.admit(List.of(1L));
        leases.take("a run").close();
        retire(1);
        assertEquals(List.of("[1]"), gone);
        assertFalse(leases.admitted(1));
        assertTrue(leases.admitted(2));
    }

    @Test
    void theWorkThatEndsIsNotFailedByWhatLeaves() {
        leases.admit(List.of(1L, 2L));
        Lease lease = leases.take("a run");
        leases.retire(List.of(1L), () -> {
            throw new IllegalStateException("does not go");
        });
        retire(2);
        lease.close();
        assertEquals(List.of("[2]"), gone);
    }

    @Test
    void whatIsUsedGoesWithTheLastLeaseOnIt() {
        leases.admit(List.of(1L));
        Lease first = leases.take("first"), second = leases.take("second");
        retire(1);
        Lease later = leases.take("later");
        assertEquals(List.of("first", "second"), leases.holders(1));
        second.close();
        second.close();
        assertEquals(List.of(), gone);
        first.close();
        assertEquals(List.of("[1]"), gone);
        assertEquals(List.of(), leases.holders(1));
        later.close();
        assertEquals(List.of("[1]"), gone);
    }

    @Test
    void workThatIsOlderThanAPluginDoesNotKeepIt() {
        leases.admit(List.of(1L));
        Lease old = leases.take("old");
        leases.admit(List.of(2L));
        retire(2);
        assertEquals(List.of("[2]"), gone);
        leases.admit(List.of(3L));
        retire(1, 3);
        assertEquals(List.of("[2]"), gone, "1 is kept, and 3 goes with it");
        old.close();
        assertEquals(List.of("[2]", "[1, 3]"), gone);
    }

    @Test
    void whatIsTriedOutIsKeptAwayFromWork() {
        leases.shut(List.of(5L));
        assertFalse(leases.admitted(5));
        leases.admit(List.of(5L));
        assertTrue(leases.admitted(5));
        leases.shut(List.of(6L));
        leases.forget(List.of(6L));
        assertTrue(leases.admitted(6));
    }
}
