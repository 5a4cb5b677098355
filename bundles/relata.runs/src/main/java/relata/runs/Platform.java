package relata.runs;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;

/** The machine, for provenance. */
final class Platform {
    private Platform() {}

    static Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("arch", System.getProperty("os.arch"));
        facts.put("cores", Runtime.getRuntime().availableProcessors());
        try {
            // by name, because the interface that has this attribute is not part of Java SE
            facts.put("memoryBytes", ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName("java.lang:type=OperatingSystem"), "TotalMemorySize"));
        } catch (JMException e) {
            facts.put("memoryBytes", "unknown");
        }
        return facts;
    }
}
