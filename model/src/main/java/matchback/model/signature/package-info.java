/// Signatures of postbacks: reads what a request shows and compares it with a key. Pure; whether a
/// signature is too old or was taken before is decided elsewhere, by its time and nonce.
@NullMarked
package matchback.model.signature;

import org.jspecify.annotations.NullMarked;
