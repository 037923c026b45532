/// Validation: finds conversions that look like fraud, and says why.
///
/// A [matchback.validate.Watch] reads the ledger from the side. Its [matchback.validate.Detector]
/// compares each conversion with those of other publishers and with what its own publisher brought
/// before; what it finds is written back as an event of the conversion's click, so that a rebuild
/// gives the same without any detector.
///
/// Each pattern has a [matchback.validate.Probe]. They share one idea: of the last conversions of a
/// publisher too many have a sign that others' seldom have, and the chance of that by accident is
/// below what the operator set. Where nothing is known of others nothing is found.
@NullMarked
package matchback.validate;

import org.jspecify.annotations.NullMarked;
