package relata.runtime;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import relata.api.component.Part;
import relata.api.component.Ref;
import relata.api.run.Stage;

/** Whom a failure is put down to: the stage's own part, and the part within it whose code threw or which comes from a plug-in. */
final class Blame {
    private static final String PLATFORM = "relata.";

    private Blame() {}

    /** Parts with their bundles and versions, e.g. {@code train of relata.runtime 0.1.0, in loss 'x' of acme.loss 1.0.0}. */
    static String of(Ref<Stage> stage, Providers providers, Throwable failure) {
        List<Providers.Entry> used = SettingWalk.refs(stage).stream().map(providers::entry).toList();
        Part own = used.get(0).part();
        List<Providers.Entry> within = used.subList(1, used.size());
        String blame = own.name() + " of " + own.bundle() + " " + own.version();
        for (Throwable t = failure; t != null; t = t.getCause())
            for (StackTraceElement frame : t.getStackTrace())
                for (Providers.Entry e : within) if (isOf(frame.getClassName(), e.provider().getClass().getName())) return blame + ", in " + title(e.part());
        // what a part returned is found wrong by others: plug-ins are named, since they are what differs from a platform that is known to work
        Set<String> foreign = new LinkedHashSet<>();
        for (Providers.Entry e : within) if (!e.part().bundle().startsWith(PLATFORM)) foreign.add(title(e.part()));
        return foreign.isEmpty() ? blame : blame + ", with " + String.join(", ", foreign);
    }

    private static boolean isOf(String className, String provider) {
        return className.equals(provider) || className.startsWith(provider + "$");
    }

    private static String title(Part p) {
        return p.kind() + " '" + p.name() + "' of " + p.bundle() + " " + p.version();
    }
}
