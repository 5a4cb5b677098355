/** Installs, checks, replaces and removes plug-ins: what is wanted stands in a store on disk, and each running platform follows it. */
@NullMarked
package relata.plugins;

import org.jspecify.annotations.NullMarked;
