/// What is wrong just now, told before somebody misses money: checks that look at the numbers, and
/// the book of what they found.
@NullMarked
package matchback.report.alert;

import org.jspecify.annotations.NullMarked;
