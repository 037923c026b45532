/// The Meta Conversions API: website conversions for Facebook and Instagram ads. The page of data
/// is [matchback.deliver.meta.MetaConversions], with what an operator must know in
/// [matchback.deliver.meta.MetaSettings], what keeps a conversion from being sent in
/// [matchback.deliver.meta.MetaObjections], and what Meta's answers mean in
/// [matchback.deliver.meta.MetaAnswers].
///
/// Sources, read in 2026:
/// https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
/// https://developers.facebook.com/docs/marketing-api/conversions-api/using-the-api
/// https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/server-event
/// https://developers.facebook.com/docs/marketing-api/conversions-api/deduplicate-pixel-and-server-events
/// https://developers.facebook.com/docs/graph-api/guides/error-handling
@NullMarked
package matchback.deliver.meta;

import org.jspecify.annotations.NullMarked;
