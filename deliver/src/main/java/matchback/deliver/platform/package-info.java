/// What the conversion APIs of advertising platforms have in common, so that one of them is a page
/// of data: a [matchback.deliver.platform.Platform] says which settings it needs, which values go
/// where in its events, when an event is not sent, what surrounds the events in a request, and what
/// an answer means. [matchback.deliver.platform.PlatformAdapter] makes an adapter of it.
///
/// What always holds: user data is read at sending and normalised and hashed for this platform
/// alone; what is personal or proves who we are stands among the secrets of its parcel and is
/// blotted out of every note; nothing here knows the time, chance or the network.
@NullMarked
package matchback.deliver.platform;

import org.jspecify.annotations.NullMarked;
