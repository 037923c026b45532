package matchback.console.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// The form of a lander.
record LanderForm() implements EntityForm {
    private static final String URL = "url";

    @Override
    public Section section() {
        return Section.LANDERS;
    }

    @Override
    public String path() {
        return "landers";
    }

    @Override
    public List<FormPage.Group> groups(Filling filling) {
        var texts = filling.visit().texts();
        var fields = new ArrayList<FormField>(filling.naming());
        fields.add(
                new FormField.Text(
                        URL,
                        filling.label(URL),
                        filling.text(URL),
                        filling.hint(URL),
                        filling.error(URL),
                        "https://lander.example/?c={clickid}",
                        "text",
                        true,
                        true));
        fields.add(filling.text("clickIdParameter", false, false));
        return List.of(new FormPage.Group(texts.of("landers.group"), "", fields));
    }

    @Override
    public void read(Visit visit, ObjectNode document) {
        Documents.putText(visit, document, "name", URL, "clickIdParameter");
    }
}
