package relata.api.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Gives pretrained models by name. */
@ConsumerType
public interface Checkpoints {
    /** The names that it can give. */
    List<String> names();

    /** A folder with {@code config.json}, {@code tokenizer.json} or {@code vocab.txt}, and weights; empty if the name is not one of its own. */
    Optional<Path> folder(String name) throws IOException;
}
