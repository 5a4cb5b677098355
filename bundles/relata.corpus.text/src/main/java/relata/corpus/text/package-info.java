/** What corpus readers share: files read strictly as UTF-8, JSON and offsets whose mistakes have places, a tokenizer, splits. */
@Export
@Version("1.0.0")
@NullMarked
package relata.corpus.text;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
