package matchback.report;

import matchback.ledger.Fact.Kind;

/// The numbers of kinds in the table of facts, and conditions on them.
public final class Kinds {
    static final String CLICK = "kind = 1";
    static final String CONVERSION = "kind = 2";
    static final String REVERSAL = "kind = 3";
    static final String POSTBACK = "kind = 4";
    static final String DELIVERY = "kind = 5";
    static final String LANDER_CLICK = "kind = 7";
    static final String BROWSER_EVENT = "kind = 11";
    static final String COST = "kind = 9";

    private Kinds() {}

    public static int number(Kind kind) {
        return switch (kind) {
            case CLICK -> 1;
            case CONVERSION -> 2;
            case REVERSAL -> 3;
            case POSTBACK -> 4;
            case DELIVERY -> 5;
            // No condition is on this one: nobody asks for what is no more.
            case WITHDRAWN -> 6;
            case LANDER_CLICK -> 7;
            case BROWSER_EVENT -> 11;
            case COST -> 9;
        };
    }
}
