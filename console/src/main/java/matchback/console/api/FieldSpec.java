package matchback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// One field of an object of the API: what is checked and what the description says come from it.
///
/// @param isReadOnly whether it is only answered; sent back in a request it is passed over
record FieldSpec(String name, ObjectNode schema, boolean isRequired, boolean isReadOnly) {

    static FieldSpec optional(String name, ObjectNode schema) {
        return new FieldSpec(name, schema, false, false);
    }

    static FieldSpec required(String name, ObjectNode schema) {
        return new FieldSpec(name, schema, true, false);
    }

    static FieldSpec answered(String name, ObjectNode schema) {
        return new FieldSpec(name, schema, false, true);
    }
}
