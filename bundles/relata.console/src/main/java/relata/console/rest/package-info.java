/** The REST API: routes and what answers them. Resources are services, gathered by one servlet under {@code /api/v1}. */
@NullMarked
package relata.console.rest;

import org.jspecify.annotations.NullMarked;
