package matchback.console.pages;

import java.util.List;

/// The list of deliveries.
record DeliveriesPage(
        Frame frame, Filters filters, List<DeliveryRow> rows, Nothing nothing, Pager pager) {}
