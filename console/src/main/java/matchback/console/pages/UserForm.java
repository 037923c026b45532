package matchback.console.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import matchback.model.catalog.Role;

/// The form of a user; the key is their login.
record UserForm() implements EntityForm {
    private static final String KEY = "key";
    private static final String ROLE = "role";
    private static final String MONEY_MASKED = "moneyMasked";
    private static final String PASSWORD = "password";

    @Override
    public Section section() {
        return Section.PEOPLE;
    }

    @Override
    public String path() {
        return "users";
    }

    @Override
    public List<FormPage.Group> groups(Filling filling) {
        var texts = filling.visit().texts();
        var fields = new ArrayList<FormField>();
        fields.add(filling.text("name", false, true));
        if (filling.isNew()) {
            fields.add(
                    new FormField.Text(
                            KEY,
                            texts.of("people.login"),
                            filling.text(KEY),
                            texts.of("people.login_hint"),
                            filling.error(KEY),
                            "",
                            "text",
                            false,
                            false));
        }
        fields.add(
                new FormField.Choice(
                        ROLE,
                        texts.of("people.role"),
                        filling.text(ROLE),
                        Arrays.stream(Role.values())
                                .map(role ->
                                        Option.of(
                                                role.word(),
                                                texts.of("role." + role.word() + ".long")))
                                .toList(),
                        texts.of("people.role_hint"),
                        filling.error(ROLE)));
        fields.add(
                new FormField.Check(
                        MONEY_MASKED,
                        texts.of("people.money"),
                        filling.document().path(MONEY_MASKED).asBoolean(),
                        filling.error(MONEY_MASKED).isEmpty()
                                ? texts.of("people.money_hint")
                                : filling.error(MONEY_MASKED)));
        if (!filling.isNew()) {
            fields.add(
                    new FormField.Check(
                            PASSWORD,
                            texts.of("people.new_password"),
                            false,
                            texts.of("people.new_password_hint")));
        }
        return List.of(
                new FormPage.Group(
                        texts.of("people.group"),
                        filling.isNew() ? texts.of("people.first_password") : "",
                        fields));
    }

    @Override
    public void read(Visit visit, ObjectNode document) {
        Documents.putText(visit, document, "name", ROLE);
        Documents.putFlag(visit, document, MONEY_MASKED);
        Documents.putFlag(visit, document, PASSWORD);
        if (visit.form(PASSWORD).isEmpty()) {
            document.remove(PASSWORD);
        }
    }

    /// Shows the password that was made, this once.
    static void showPassword(Visit visit, ObjectNode document) {
        var texts = visit.texts();
        var name = Documents.text(document, "name");
        visit.show(
                visit.site()
                        .templates()
                        .once(
                                new OncePage(
                                        visit.frame(name, Section.PEOPLE),
                                        name,
                                        texts.of("people.once"),
                                        List.of(
                                                new Detail(
                                                        texts.of("people.login"),
                                                        Documents.text(document, KEY),
                                                        "login",
                                                        true),
                                                new Detail(
                                                        texts.of("people.password"),
                                                        Documents.text(document, PASSWORD),
                                                        "password",
                                                        true)),
                                        Section.PEOPLE.path(),
                                        texts.of("nav.people"))));
    }
}
