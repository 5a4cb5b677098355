package relata.console.rest;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.component.Catalogue;
import relata.api.component.Part;
import relata.api.component.Setting;

/** The installed parts. */
@Component(service = Resource.class)
public final class PartsResource implements Resource {
    private final Catalogue catalogue;

    /** @param catalogue knows them */
    @Activate
    public PartsResource(@Reference Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** A part in a list. */
    record Item(String kind, String name, String summary, String source, String bundle, String version) {
        static Item of(Part p) {
            return new Item(p.kind(), p.name(), p.summary(), p.source(), p.bundle(), p.version());
        }
    }

    /** Parts. @param kinds all kinds that there are, those without a part too */
    record Page(List<String> kinds, List<Item> parts) {}

    /** A part. @param produces what a stage puts out, else empty */
    record Details(String kind, String name, String summary, String source, String produces, String bundle, String version, List<Setting> settings) {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/parts", "All installed parts, by kind and name.", Page.class, r -> new Page(catalogue.kinds(), catalogue.parts().stream().map(Item::of).toList())),
                Route.get("/parts/{kind}", "The installed parts of a kind.", Page.class, this::kind),
                Route.get("/parts/{kind}/{name}", "A part with its settings.", Details.class, this::part));
    }

    private Page kind(Request request) throws Refusal {
        String kind = request.path("kind");
        if (!catalogue.kinds().contains(kind)) throw new Refusal(404, "no-such-kind", "No kind is called '" + kind + "'.", catalogue.kinds());
        return new Page(catalogue.kinds(), catalogue.parts(kind).stream().map(Item::of).toList());
    }

    private Details part(Request request) throws Refusal {
        List<Item> installed = kind(request).parts();
        Part p = catalogue.find(request.path("kind"), request.path("name")).orElseThrow(() ->
                new Refusal(404, "no-such-part", "No " + request.path("kind") + " is called '" + request.path("name") + "'.", installed.stream().map(Item::name).toList()));
        return new Details(p.kind(), p.name(), p.summary(), p.source(), p.produces(), p.bundle(), p.version(), Setting.of(p.config()));
    }
}
