@NullMarked
package matchback.client.spring;

import org.jspecify.annotations.NullMarked;
