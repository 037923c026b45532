/// Signed messages to systems of the user's own (Standard Webhooks, version 1).
@NullMarked
package matchback.deliver.webhook;

import org.jspecify.annotations.NullMarked;
