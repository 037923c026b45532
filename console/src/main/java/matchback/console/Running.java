package matchback.console;

import matchback.console.api.ReplayJobs;
import matchback.console.csv.Uploads;

/// What goes on between one request and the next.
public record Running(Uploads uploads, ReplayJobs replays, Live live) {}
