package matchback.console.pages;

import java.util.List;

/// The list of deliveries.
///
/// @param resendHref where the dead letters that are shown are sent again; empty when dead letters
///   of one destination are not what is shown
/// @param hint what to do to get there; empty for nothing
record DeliveriesPage(
        Frame frame,
        Filters filters,
        List<DeliveryRow> rows,
        String resendHref,
        String hint,
        Nothing nothing,
        Pager pager) {}
