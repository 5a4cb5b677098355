package relata.console;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardResource;

/** Styles and scripts, from this bundle's {@code relata/console/static}. */
@Component(service = StaticFiles.class)
@HttpWhiteboardResource(pattern = "/static/*", prefix = "/relata/console/static")
public final class StaticFiles {}
