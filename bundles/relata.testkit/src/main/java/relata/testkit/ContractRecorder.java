package relata.testkit;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import relata.api.component.ComponentProvider;

/**
 * Notes which parts keep their contract, among the classes that were tested, so that it is packed with them: the catalogue of a platform tells it.
 * JUnit calls this for every test class under a {@link ProviderContract}.
 */
final class ContractRecorder implements AfterTestExecutionCallback, TestWatcher, AfterAllCallback {
    /** What is known of a test class so far. A test is one of the contract's if the contract declares it. */
    private static final class Course {
        final TreeSet<String> kept = new TreeSet<>(), broken = new TreeSet<>(), left = new TreeSet<>();
        Optional<ComponentProvider<?, ?>> provider = Optional.empty();
    }

    private static final Map<Class<?>, Course> COURSES = new ConcurrentHashMap<>();

    private static Course course(ExtensionContext context) {
        return COURSES.computeIfAbsent(context.getRequiredTestClass(), type -> new Course());
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        Course course = course(context);
        if (course.provider.isEmpty() && context.getRequiredTestInstance() instanceof ProviderContract<?, ?> contract) course.provider = Optional.of(contract.provider());
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        course(context).kept.add(name(context));
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        course(context).left.add(name(context));
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        course(context).broken.add(name(context));
    }

    private static String name(ExtensionContext context) {
        return context.getRequiredTestMethod().getName();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        Class<?> test = context.getRequiredTestClass();
        Course course = COURSES.remove(test);
        if (course == null || course.provider.isEmpty()) return;
        Optional<Path> classes = Outputs.of(course.provider.get().getClass()), tests = Outputs.of(test);
        // not of a provider that is itself part of the tests, nor of another module, whose bundle is packed already
        if (classes.isEmpty() || tests.isEmpty() || classes.equals(tests) || !classes.map(Path::getParent).equals(tests.map(Path::getParent))) return;
        TreeSet<String> checks = checks(test);
        // a test of the author's own is none of the contract's
        course.kept.retainAll(checks);
        course.broken.retainAll(checks);
        TreeSet<String> seen = new TreeSet<>(course.kept);
        seen.addAll(course.broken);
        seen.addAll(course.left);
        // only some were run, and those were right: that says nothing new
        if (course.broken.isEmpty() && !seen.containsAll(checks)) return;
        ContractRecord.of(course.provider.get(), contract(test), course.kept.size() + course.broken.size(), course.broken.size()).write(classes.get(), tests.get(), test);
    }

    /** The names of the tests that the contract asks for. */
    private static TreeSet<String> checks(Class<?> test) {
        TreeSet<String> checks = new TreeSet<>();
        for (Class<?> type : contracts(test))
            for (Method method : type.getDeclaredMethods()) if (method.isAnnotationPresent(Test.class)) checks.add(method.getName());
        return checks;
    }

    /** The most special contract. */
    private static String contract(Class<?> test) {
        List<Class<?>> contracts = contracts(test);
        return contracts.stream().filter(c -> contracts.stream().noneMatch(o -> o != c && c.isAssignableFrom(o))).map(Class::getSimpleName).sorted().findFirst().orElse("ProviderContract");
    }

    /** The contracts of this kit that a test class is under. */
    private static List<Class<?>> contracts(Class<?> test) {
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> type = test; type != null; type = type.getSuperclass()) {
            if (type.getPackage() == ContractRecorder.class.getPackage() && type.getSimpleName().endsWith("Contract")) found.add(type);
            add(type.getInterfaces(), found);
        }
        return found;
    }

    private static void add(Class<?>[] faces, List<Class<?>> found) {
        for (Class<?> face : faces) {
            if (face.getPackage() == ContractRecorder.class.getPackage() && face.getSimpleName().endsWith("Contract") && !found.contains(face)) found.add(face);
            add(face.getInterfaces(), found);
        }
    }
}
