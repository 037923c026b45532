/// How a decision came about: the steps, in the order they were taken, as codes with values, and
/// the sentences these make. A step is taken where it is decided, so what is told can never differ
/// from what was done; the sentences are made when somebody reads them.
@NullMarked
package matchback.model.trace;

import org.jspecify.annotations.NullMarked;
