package matchback.console.pages;

import java.util.List;

/// The test bench of a sender.
///
/// @param action where a test is ordered
/// @param template key of the template that is played; empty for the sender's own form
/// @param url of the postback with its macros
/// @param fields a value for each macro
/// @param problem why no test was made; empty for none
/// @param result of the test that was just made, at most one
/// @param looked how many real postbacks were looked at
/// @param habits how they differ from the template; empty when they do not
record BenchPage(
        Frame frame,
        String sender,
        String senderHref,
        String action,
        String template,
        List<Option> templates,
        String url,
        List<FormField> fields,
        String problem,
        List<Result> result,
        String looked,
        List<Habit> habits) {

    /// @param url as it was sent
    /// @param remarks what is wrong around it
    record Result(
            String url,
            String answer,
            String decision,
            String reason,
            String message,
            String advice,
            String href,
            List<String> remarks,
            List<Line> lines,
            List<PostbackPage.Taken> steps) {}

    /// @param tone style of the finding
    record Line(String parameter, String template, String arrived, String tone, String found) {}

    record Habit(String parameter, String template, String found) {}
}
