package matchback.console.pages;

import java.util.List;

/// The form of a campaign with all it needs.
///
/// @param once tells this filling of the form from others
/// @param problem what is wrong with the whole; empty for nothing
record FirstPage(Frame frame, String once, String problem, List<FormPage.Group> groups) {}
