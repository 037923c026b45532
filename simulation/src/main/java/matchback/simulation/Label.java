package matchback.simulation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The truth about an act: honest, or which attack it belongs to.
public enum Label {
    /// People who mean it, and senders that report them.
    HONEST,
    /// A program on the phone sees an install under way and clicks at the last moment: a glut of
    /// conversions a few seconds after their clicks.
    CLICK_INJECTION,
    /// Clicks by the thousand, in the hope that one of them is somebody's who converts anyway: few
    /// conversions, at any time after the click.
    CLICK_FLOODING,
    /// A room full of devices: conversions whose clicks come from one address, within seconds.
    ADDRESS_CLUSTER,
    /// A sender reports real conversions with much more money than they are worth.
    VALUE_STUFFING,
    /// A sender reports again, for other clicks, conversions that were reported before.
    RECYCLED_TXIDS,
    /// A caller tries click ids at random.
    CLICK_ID_GUESSING,
    /// A program converts: equal steps, equal delays, no night.
    MACHINE_RHYTHM;

    /// As it is written on the command line and in files: `click-injection`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public boolean isHonest() {
        return this == HONEST;
    }

    public static Optional<Label> ofWord(String word) {
        return Arrays.stream(values()).filter(label -> label.word().equals(word)).findFirst();
    }

    /// The words of all attacks, for a message.
    public static String attackWords() {
        return Arrays.stream(values())
                .filter(label -> !label.isHonest())
                .map(Label::word)
                .collect(Collectors.joining(", "));
    }
}
