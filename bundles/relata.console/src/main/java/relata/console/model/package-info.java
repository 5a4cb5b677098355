/** Behind the REST API: trained models held open for many small requests, and what runs answered, compared and encoded. */
@NullMarked
package relata.console.model;

import org.jspecify.annotations.NullMarked;
