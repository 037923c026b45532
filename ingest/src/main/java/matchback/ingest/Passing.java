package matchback.ingest;

import matchback.model.Params;
import matchback.model.catalog.OldLink;
import matchback.model.routing.Visitor;

/// A visitor in the door: what is known before it is chosen where they go.
///
/// @param unique whether it is their first click of the campaign in 24 hours
/// @param isReturning whether they were at the campaign before, by that or by the click they carry
/// @param at epoch milliseconds
record Passing(
        ClickDoor.Request request,
        Road road,
        ClickFields fields,
        VisitorSigns signs,
        boolean unique,
        boolean isReturning,
        long at) {

    /// Someone who was never here.
    static Passing of(ClickDoor.Request request, Road road, VisitorSigns signs, long at) {
        var target = request.target();
        var params = OldLink.withoutKey(target.path(), Params.ofQuery(target.query()));
        return new Passing(request, road, road.reader().read(params), signs, true, false, at);
    }

    /// @param isKnown whether they carry a click of the campaign
    Passing seen(boolean isFirst, boolean isKnown) {
        return new Passing(request, road, fields, signs, isFirst, !isFirst || isKnown, at);
    }

    boolean isBot() {
        return !signs.bot().isEmpty() || signs.prefetch();
    }

    Visitor visitor() {
        return new Visitor(signs.traits(), fields.subs(), isReturning, isBot(), at);
    }
}
