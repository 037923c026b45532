package matchback.model;

/// A click id: 160 bits, time-ordered and self-authenticating.
///
/// ```
/// time 48 · campaign 24 · flags 4 · node 10 · sequence 30 · tag 44
/// ```
///
/// The tag is a truncated HMAC-SHA-256 over the 116 bits before it, so an invented or changed id is
/// told from a lost one without a look-up. Printed as 32 characters of Crockford's base 32.
///
/// @param millis epoch milliseconds of the click, 48 bits
/// @param campaign the campaign's number, 24 bits
/// @param flags see [#UNRECORDED], 4 bits
/// @param node the node that issued it, 10 bits
/// @param sequence 30 bits, from a random start each millisecond
/// @param tag 44 bits
public record ClickId(long millis, int campaign, int flags, int node, int sequence, long tag) {
    /// Characters of the printed form.
    public static final int CHARS = 32;

    /// Flag: the visitor was redirected although the ledger could not take the click.
    public static final int UNRECORDED = 1;

    public static final int CAMPAIGN_MAX = (1 << 24) - 1;
    public static final int NODE_MAX = (1 << 10) - 1;
    static final int SEQUENCE_MAX = (1 << 30) - 1;

    public boolean isUnrecorded() {
        return (flags & UNRECORDED) != 0;
    }

    /// The canonical form: 32 characters, upper case.
    public String text() {
        return Crockford.text(bytes());
    }

    byte[] bytes() {
        var bytes = new byte[20];
        put(bytes, 0, millis << 16 | campaign >>> 8);
        put(bytes, 8, (long) (campaign & 0xFF) << 56 | rest() << 12 | tag >>> 32);
        for (int i = 0; i < 4; i++) {
            bytes[16 + i] = (byte) (tag >>> (24 - 8 * i));
        }
        return bytes;
    }

    /// The content of an id that was found authentic before, such as one in the ledger. Throws
    /// IllegalArgumentException for a text of another form.
    public static ClickId ofAuthentic(String text) {
        if (text.length() != CHARS || !Crockford.isText(text)) {
            throw new IllegalArgumentException("no click id: " + text);
        }
        return ofBytes(Crockford.bytes(text));
    }

    private long rest() {
        return (long) flags << 40 | (long) node << 30 | sequence;
    }

    static ClickId ofBytes(byte[] bytes) {
        long first = get(bytes, 0);
        long second = get(bytes, 8);
        long last = 0;
        for (int i = 16; i < 20; i++) {
            last = last << 8 | (bytes[i] & 0xFF);
        }
        return new ClickId(
                first >>> 16,
                (int) (first & 0xFFFF) << 8 | (int) (second >>> 56),
                (int) (second >>> 52) & 15,
                (int) (second >>> 42) & NODE_MAX,
                (int) (second >>> 12) & SEQUENCE_MAX,
                (second & 0xFFF) << 32 | last);
    }

    private static void put(byte[] bytes, int at, long value) {
        for (int i = 0; i < 8; i++) {
            bytes[at + i] = (byte) (value >>> (56 - 8 * i));
        }
    }

    private static long get(byte[] bytes, int at) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | (bytes[at + i] & 0xFF);
        }
        return value;
    }

    @Override
    public String toString() {
        return text();
    }
}
