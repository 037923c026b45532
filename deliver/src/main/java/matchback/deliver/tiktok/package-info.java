/// TikTok's Events API as a page of data ([matchback.deliver.tiktok.TikTok]).
@NullMarked
package matchback.deliver.tiktok;

import org.jspecify.annotations.NullMarked;
