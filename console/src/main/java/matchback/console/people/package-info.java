/// Who may do what at the console and by the API.
///
/// A request shows a token or the cookie of a session; [Access][matchback.console.people.Access]
/// makes a [Caller][matchback.console.people.Caller] of it, and
/// [Rights][matchback.console.people.Rights] says by one table whether that caller may take the
/// route. Users and tokens stand in the catalog and so in the ledger; sessions and the time a token
/// was last used are kept beside it.
@NullMarked
package matchback.console.people;

import org.jspecify.annotations.NullMarked;
