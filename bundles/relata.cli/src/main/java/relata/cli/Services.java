package relata.cli;

import java.nio.file.Path;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import relata.api.component.Catalogue;
import relata.api.plugin.Features;
import relata.api.plugin.Plugins;
import relata.api.result.Comparisons;
import relata.api.result.Results;
import relata.api.run.Checkpoints;
import relata.api.run.Recipes;
import relata.api.run.RecipeRunner;
import relata.api.run.Runs;
import relata.api.run.Workbench;

/** What commands use of the platform, opened when first asked for, so that a command that needs little starts quickly. */
interface Services {
    /** The installed parts. */
    Catalogue catalogue() throws Failure;

    /** Reads recipes. */
    Recipes recipes() throws Failure;

    /** The runs on disk. */
    Runs runs() throws Failure;

    /** What runs left. */
    Results results() throws Failure;

    /** Results of runs side by side. */
    Comparisons comparisons() throws Failure;

    /** Runs recipes. */
    RecipeRunner runner() throws Failure;

    /** Single parts and trained models. */
    Workbench workbench() throws Failure;

    /** The plug-ins. @param restart true: changes are only written down, and take effect when a platform starts */
    Plugins plugins(boolean restart) throws Failure;

    /** The features. */
    Features features() throws Failure;

    /** Givers of pretrained models. */
    List<Checkpoints> checkpoints();

    /** What components there are, and what they wait for. */
    ServiceComponentRuntime components();

    /** The framework, from this bundle's view. */
    BundleContext context();

    /** The folder of the distribution. */
    Path home();

    /** The user's cache folder. */
    Path cache();
}
