/// Google's Data Manager API: conversions of Google Ads clicks and of known people. In come
/// shipments; out go requests of up to 2,000 events, and what Google's answers mean for each.
///
/// [DataManager] is the adapter; [EventMapping] makes an event of a shipment, with the person's
/// data normalised and hashed by [Normal] as Google wants it; [Refusal] reads Google's errors, and
/// [Meaning] says what each is about; [RequestStatus] reads what became of a request afterwards.
/// Google validates whole requests: one bad event refuses all, so the named ones are dropped and
/// the others sent again.
///
/// What always holds: nobody who denied the use of their data for ads is told of; plain e-mail
/// addresses, phone numbers and names never leave, only their hashes; everything personal in a
/// request is among its secrets.
///
/// Sources, as seen on 2026-11-23:
/// [reference](https://developers.google.com/data-manager/api/reference),
/// [errors](https://developers.google.com/data-manager/api/devguides/concepts/understand-errors),
/// [limits](https://developers.google.com/data-manager/api/devguides/limits) and the protocol's
/// [definition](https://github.com/googleapis/googleapis/tree/master/google/ads/datamanager/v1).
@NullMarked
package matchback.deliver.google;

import org.jspecify.annotations.NullMarked;
