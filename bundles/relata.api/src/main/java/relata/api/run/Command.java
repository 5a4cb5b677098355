package relata.api.run;

import org.osgi.annotation.versioning.ConsumerType;
import relata.api.component.Kind;

/**
 * A command of the command line. The implementing class is a prototype-scoped service and a picocli command; a service property
 * {@code relata.command.parent} puts it under another command.
 */
@ConsumerType
@Kind("command")
public interface Command {}
