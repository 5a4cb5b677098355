package relata.api.run;

import org.osgi.annotation.versioning.ConsumerType;
import relata.api.component.Kind;

/**
 * A command of the command line. The implementing class is a prototype-scoped service and a picocli command; a service property
 * {@code relata.command.parent} puts it under another command.
 *
 * <p>The plug-ins that are there when it begins stay until it ends, whatever is installed meanwhile; not so with the service property
 * {@code relata.command.keep=false}, for what goes on for long and takes a lease for each piece of its work, as a server does. They stay, but what is read or
 * made later is given the newest: a command that works on several runs reads the recipe of each when its turn comes.
 */
@ConsumerType
@Kind("command")
public interface Command {}
