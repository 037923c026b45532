package matchback.model.catalog;

/// A page between the click and the offer, made by the operator; its button leads to `/o`.
///
/// @param url template with the macros of [matchback.model.Macros#CLICK]
/// @param clickIdParameter query parameter added with the click id when the URL has no `{clickid}`,
///   so that the page's script or link can carry it
public record Lander(String key, String name, String url, String clickIdParameter, boolean archived)
        implements Entity {

    /// The same lander in or out of use.
    public Lander with(boolean isArchived) {
        return new Lander(key, name, url, clickIdParameter, isArchived);
    }
}
