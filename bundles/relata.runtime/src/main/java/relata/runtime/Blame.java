package relata.runtime;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import relata.api.component.Part;
import relata.api.component.Ref;
import relata.api.run.Recipe;
import relata.api.run.Stage;

/** Whom a failure is put down to: the stage's own part, and the part within it whose code threw or which comes from a plug-in. */
final class Blame {
    private static final String PLATFORM = "relata.";
    /** Causes can form a circle. */
    private static final int MOST_CAUSES = 100;

    private Blame() {}

    /** Parts with their bundles and versions, e.g. {@code train of relata.runtime 0.1.0, in loss 'x' of acme.loss 1.0.0}. */
    static String of(Ref<Stage> stage, Recipe recipe, Providers providers, Throwable failure) {
        Part own = providers.entry(stage).part();
        List<Ref<?>> refs = new ArrayList<>(SettingWalk.refs(stage));
        refs.remove(0);
        refs.addAll(SettingWalk.refs(recipe.encoder()));
        refs.addAll(SettingWalk.refs(recipe.corpus()));
        return own.name() + " of " + own.bundle() + " " + own.version() + within(refs, providers, failure);
    }

    /** As in {@code , in loss 'x' of acme.loss 1.0.0}; empty if nothing but the platform was at work. */
    static String within(List<Ref<?>> refs, Providers providers, Throwable failure) {
        List<Providers.Entry> used = refs.stream().map(providers::known).flatMap(Optional::stream).toList();
        Optional<Part> thrower = thrower(used, failure);
        if (thrower.isPresent()) return ", in " + title(thrower.get());
        // what a part returned is found wrong by others: plug-ins are named, since they are what differs from a platform that is known to work
        Set<String> foreign = new LinkedHashSet<>();
        for (Providers.Entry e : used) if (isForeign(e)) foreign.add(title(e.part()));
        return foreign.isEmpty() ? "" : ", with " + String.join(", ", foreign);
    }

    /** The part whose provider's code is highest on the stack; else the plug-in's part whose package is. */
    private static Optional<Part> thrower(List<Providers.Entry> used, Throwable failure) {
        List<StackTraceElement> frames = new ArrayList<>();
        Throwable t = failure;
        for (int depth = 0; t != null && depth < MOST_CAUSES; depth++, t = t.getCause()) frames.addAll(List.of(t.getStackTrace()));
        for (StackTraceElement frame : frames) for (Providers.Entry e : used) if (isOf(frame.getClassName(), e.provider().getClass().getName())) return Optional.of(e.part());
        for (StackTraceElement frame : frames)
            for (Providers.Entry e : used) if (isForeign(e) && frame.getClassName().startsWith(e.provider().getClass().getPackageName() + ".")) return Optional.of(e.part());
        return Optional.empty();
    }

    /** Whether a part is no part of the platform. */
    static boolean isForeign(Providers.Entry e) {
        return !e.part().bundle().startsWith(PLATFORM);
    }

    private static boolean isOf(String className, String provider) {
        return className.equals(provider) || className.startsWith(provider + "$");
    }

    private static String title(Part p) {
        return p.kind() + " '" + p.name() + "' of " + p.bundle() + " " + p.version();
    }
}
