package matchback.console.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import matchback.console.api.Json;

/// The form of one kind of entity: fields from the API's document, and back. What is right and what
/// is wrong the API's rules say, for both alike.
sealed interface EntityForm
        permits SourceForm,
                SenderForm,
                OfferForm,
                CampaignForm,
                DestinationForm,
                OldTrackerForm,
                AppleAppForm,
                LanderForm,
                UserForm,
                RateForm {
    Section section();

    /// The kind's path in the API.
    String path();

    /// What a new one is filled with at first.
    default ObjectNode start(Visit visit) {
        return Json.object();
    }

    /// The fields, filled from a document.
    List<FormPage.Group> groups(Filling filling);

    /// Whether a button was pressed that changes the rows of the form and saves nothing.
    default boolean isArranging(Visit visit) {
        return false;
    }

    /// Does to a document what such a button says.
    default void arrange(Visit visit, ObjectNode document) {}

    /// Puts what was sent into the document; what the form does not show stays as it is.
    void read(Visit visit, ObjectNode document);

    /// What a form is filled from.
    ///
    /// @param isNew whether the key may still be chosen
    /// @param errors by the field's path in the document
    record Filling(Visit visit, ObjectNode document, boolean isNew, Map<String, String> errors) {

        String text(String field) {
            return Documents.text(document, field);
        }

        String error(String field) {
            return errors.getOrDefault(field, "");
        }

        /// The first error of a field or of anything within it.
        String errorWithin(String field) {
            return errors.entrySet().stream()
                    .filter(e ->
                            e.getKey().equals(field)
                                    || e.getKey().startsWith(field + '.')
                                    || e.getKey().startsWith(field + '['))
                    .map(e -> e.getKey().substring(field.length()) + ' ' + e.getValue())
                    .map(text -> text.replaceFirst("^\\.", "").strip())
                    .findFirst()
                    .orElse("");
        }

        String label(String key) {
            return visit.texts().of("form." + key);
        }

        String hint(String key) {
            return visit.texts().orElse("form." + key + ".hint", "");
        }

        FormField text(String field, boolean isWide, boolean isRequired) {
            return new FormField.Text(
                    field,
                    label(field),
                    text(field),
                    hint(field),
                    error(field),
                    visit.texts().orElse("form." + field + ".example", ""),
                    "text",
                    isWide,
                    isRequired);
        }

        FormField choice(String field, List<Option> options) {
            return new FormField.Choice(
                    field, label(field), text(field), options, hint(field), error(field));
        }

        FormField check(String field) {
            return new FormField.Check(
                    field, label(field), document.path(field).asBoolean(), hint(field));
        }

        /// Name and, while it may be chosen, key.
        List<FormField> naming() {
            return isNew
                    ? List.of(text("name", false, true), text("key", false, false))
                    : List.of(text("name", false, true));
        }
    }
}
