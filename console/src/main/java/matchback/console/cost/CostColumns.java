package matchback.console.cost;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Which word of [CostWords] each column of a file says; empty for a column that is not read.
///
/// @param names of the columns
/// @param words one for each column
/// @param currency that a heading names, as in `Amount spent (EUR)`; empty for none
record CostColumns(List<String> names, List<String> words, String currency) {
    /// How people head their columns, besides the words themselves.
    private static final Map<String, String> HEADINGS =
            Map.ofEntries(
                    Map.entry("day", CostWords.DATE),
                    Map.entry("first_day", CostWords.FIRST_DAY),
                    Map.entry("last_day", CostWords.LAST_DAY),
                    Map.entry("firstday", CostWords.FIRST_DAY),
                    Map.entry("lastday", CostWords.LAST_DAY),
                    Map.entry("start_date", CostWords.FIRST_DAY),
                    Map.entry("end_date", CostWords.LAST_DAY),
                    Map.entry("reporting_starts", CostWords.FIRST_DAY),
                    Map.entry("reporting_ends", CostWords.LAST_DAY),
                    Map.entry("cost", CostWords.AMOUNT),
                    Map.entry("costs", CostWords.AMOUNT),
                    Map.entry("spend", CostWords.AMOUNT),
                    Map.entry("spent", CostWords.AMOUNT),
                    Map.entry("amount_spent", CostWords.AMOUNT),
                    Map.entry("total_cost", CostWords.AMOUNT),
                    Map.entry("currency_code", CostWords.CURRENCY),
                    Map.entry("zone", CostWords.ZONE),
                    Map.entry("time_zone", CostWords.ZONE),
                    Map.entry("campaign_name", "campaign"),
                    Map.entry("campaign_key", "campaign"),
                    Map.entry("traffic_source", "source"),
                    Map.entry("ad", "creative"),
                    Map.entry("ad_id", "creative"));

    private static final Pattern WITH_CURRENCY =
            Pattern.compile("(cost|spend|amount|amount_spent|total_cost)_([a-z]{3})");

    CostColumns {
        names = List.copyOf(names);
        words = List.copyOf(words);
    }

    /// What the columns mean; of two that say the same the first does.
    static CostColumns guess(List<String> names) {
        var known = new HashSet<>(CostWords.dimensions());
        known.addAll(CostWords.OWN);
        var words = new ArrayList<String>();
        var currency = "";
        for (var name : names) {
            var plain = plain(name);
            var money = WITH_CURRENCY.matcher(plain);
            var word =
                    money.matches()
                            ? CostWords.AMOUNT
                            : HEADINGS.getOrDefault(plain, known.contains(plain) ? plain : "");
            boolean isFirst = !word.isEmpty() && !words.contains(word);
            words.add(isFirst ? word : "");
            if (isFirst && money.matches()) {
                currency = money.group(2).toUpperCase(Locale.ROOT);
            }
        }
        return new CostColumns(names, words, currency);
    }

    private static String plain(String heading) {
        return heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{Alnum}]+", "_")
                .replaceAll("^_|_$", "");
    }

    /// What is missing, in one sentence; empty for nothing.
    String problem() {
        var all = String.join(", ", names);
        if (!words.contains(CostWords.AMOUNT)) {
            return "No column has the amount; head it amount, cost or spend. There are " + all;
        }
        boolean hasPeriod =
                words.contains(CostWords.DATE)
                        || (words.contains(CostWords.FIRST_DAY)
                                && words.contains(CostWords.LAST_DAY))
                        || (words.contains(CostWords.FROM) && words.contains(CostWords.TO));
        if (!hasPeriod) {
            return "No column has the day; head it date, or two firstDay and lastDay. There are "
                    + all;
        }
        return words.stream().noneMatch(CostWords.dimensions()::contains)
                ? "No column says whose cost it is; head it campaign, creative or sub1 to sub20."
                        + " There are "
                        + all
                : "";
    }

    /// Headings of columns that nothing is read from.
    List<String> unread() {
        var unread = new ArrayList<String>();
        for (int i = 0; i < names.size(); i++) {
            if (words.get(i).isEmpty()) {
                unread.add(names.get(i));
            }
        }
        return unread;
    }
}
