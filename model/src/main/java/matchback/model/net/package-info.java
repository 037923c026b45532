/// Where we may call: which hosts and addresses a URL that an operator typed in may lead to. Pure:
/// nothing here asks a name server or opens a connection.
@NullMarked
package matchback.model.net;

import org.jspecify.annotations.NullMarked;
