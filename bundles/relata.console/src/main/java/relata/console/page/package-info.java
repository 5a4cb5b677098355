/** The pages, made on the server; scripts make them live through the REST API. */
@NullMarked
package relata.console.page;

import org.jspecify.annotations.NullMarked;
