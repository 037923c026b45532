package matchback.console.pages;

import java.util.List;

/// One click's whole story.
///
/// @param facts what is known of the click
/// @param steps click, postbacks, changes of conversions and deliveries, oldest first
/// @param edits its conversions, each with the way to change it by hand
/// @param told who was told of each of its conversions
/// @param tryIt a command that reports a conversion of this click; empty once it has one
record ClickPage(
        Frame frame,
        String clickId,
        List<Detail> facts,
        List<Step> steps,
        List<Detail> edits,
        List<Told> told,
        String tryIt) {}
