package relata.console.rest;

import java.util.List;

/** Some routes of the REST API that belong together. A service; the servlet of the API gathers all of them. */
public interface Resource {
    /** Its routes, always the same. */
    List<Route> routes();
}
