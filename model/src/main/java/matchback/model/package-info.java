/// The nouns of the tracker (click id, subject, money, status, reason) and the rules that need no
/// state: reading a postback's parameters, filling macros, the retry schedule.
///
/// Nothing here reads a clock, draws a random number or does input or output; what depends on time
/// takes the time as an argument. All types are immutable and safe to share between threads.
@NullMarked
package matchback.model;

import org.jspecify.annotations.NullMarked;
