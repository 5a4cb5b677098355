package relata.cli;

import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;

/** Asks for a package in any version. */
record PackageQuery(String name) implements Requirement {
    @Override
    public String getNamespace() {
        return PackageNamespace.PACKAGE_NAMESPACE;
    }

    @Override
    public Map<String, String> getDirectives() {
        return Map.of("filter", "(" + PackageNamespace.PACKAGE_NAMESPACE + "=" + name + ")");
    }

    @Override
    public Map<String, Object> getAttributes() {
        return Map.of();
    }

    // a requirement made up for a query belongs to no resource, which the specification says by null
    @NullUnmarked
    @Override
    public Resource getResource() {
        return null;
    }
}
