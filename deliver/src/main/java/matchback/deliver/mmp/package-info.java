/// The server-to-server event APIs of mobile measurement partners as pages of data:
/// [matchback.deliver.mmp.AppsFlyer], [matchback.deliver.mmp.Adjust],
/// [matchback.deliver.mmp.Branch] and [matchback.deliver.mmp.Singular]. An app's own server would
/// tell them of what happens outside the app; here it is what was converted after a click.
@NullMarked
package matchback.deliver.mmp;

import org.jspecify.annotations.NullMarked;
