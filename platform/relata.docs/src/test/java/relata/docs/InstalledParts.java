package relata.docs;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Component;
import relata.api.component.Catalogue;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Kind;
import relata.api.component.Part;
import relata.api.component.Produces;
import relata.api.component.Source;
import relata.api.run.Command;

/** The parts and commands of all bundles on the class path, read from their classes alone: none is made, no framework runs. */
final class InstalledParts implements Catalogue {
    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages("relata");
    private static final InstalledParts ALL = new InstalledParts();

    private final TreeMap<String, Class<?>> kinds = new TreeMap<>();
    private final List<Part> parts = new ArrayList<>();

    private InstalledParts() {
        for (JavaClass c : CLASSES) {
            if (c.getPackageName().equals("relata.testkit") || c.getPackageName().equals("relata.docs")) continue;
            if (c.isAnnotatedWith(Kind.class) && c.getPackageName().startsWith("relata.api")) kinds.put(Catalogue.kind(load(c)), load(c));
            if (c.isAnnotatedWith(ComponentName.class)) parts.add(part(load(c)));
        }
        parts.sort(Comparator.comparing(Part::kind).thenComparing(Part::name));
    }

    /** All of them. */
    static InstalledParts all() {
        return ALL;
    }

    /** A command's class and the name of the command that it stands under, or an empty string. */
    record CommandClass(Class<?> type, String parent) {}

    /** The classes of all commands. @param connect true: of those that work on a server; false: of those that work in their own process */
    static List<CommandClass> commands(boolean connect) {
        return CLASSES.stream()
                .filter(c -> c.isAssignableTo(Command.class) && c.isAnnotatedWith(Component.class) && property(c, "relata.command.connect").isEmpty() != connect)
                .sorted(Comparator.comparing(JavaClass::getName))
                .map(c -> new CommandClass(load(c), property(c, "relata.command.parent")))
                .toList();
    }

    // the annotation is only in the class file
    private static String property(JavaClass command, String name) {
        JavaAnnotation<?> component = command.getAnnotationOfType(Component.class.getName());
        String[] properties = component.get("property").map(String[].class::cast).orElse(new String[0]);
        return Arrays.stream(properties).filter(p -> p.startsWith(name + "=")).map(p -> p.substring(p.indexOf('=') + 1)).findFirst().orElse("");
    }

    private static Class<?> load(JavaClass c) {
        try {
            return Class.forName(c.getName(), false, InstalledParts.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Part part(Class<?> provider) {
        for (Type face : provider.getGenericInterfaces())
            if (face instanceof ParameterizedType p && p.getRawType() == ComponentProvider.class && p.getActualTypeArguments()[0] instanceof Class<?> kind
                    && p.getActualTypeArguments()[1] instanceof Class<?> config)
                return new Part(
                        Catalogue.kind(kind), kind, provider.getAnnotation(ComponentName.class).value(),
                        Optional.ofNullable(provider.getAnnotation(Doc.class)).map(Doc::value).orElse(""),
                        Optional.ofNullable(provider.getAnnotation(Source.class)).map(Source::value).orElse(""),
                        Optional.ofNullable(provider.getAnnotation(Produces.class)).map(Produces::value).orElse(""),
                        provider.getPackageName(), "", config.asSubclass(Record.class));
        throw new IllegalStateException(provider + " must implement ComponentProvider<KIND, CONFIG> with both named");
    }

    /** The interface of a kind. */
    Class<?> type(String kind) {
        Class<?> type = kinds.get(kind);
        if (type == null) throw new IllegalArgumentException("no kind is called '" + kind + "'");
        return type;
    }

    @Override
    public List<String> kinds() {
        return List.copyOf(new TreeSet<>(kinds.keySet()));
    }

    @Override
    public List<Part> parts() {
        return List.copyOf(parts);
    }

    @Override
    public Optional<Part> find(String kind, String name) {
        return parts.stream().filter(p -> p.kind().equals(kind) && p.name().equals(name)).findFirst();
    }
}
