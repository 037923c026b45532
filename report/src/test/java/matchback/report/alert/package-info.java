@NullMarked
package matchback.report.alert;

import org.jspecify.annotations.NullMarked;
