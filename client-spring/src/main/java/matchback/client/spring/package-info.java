/// The client in an application of Spring Boot: set by properties, closed with the application, its
/// filter on every page. Nothing happens until `matchback.url` is set.
@NullMarked
package matchback.client.spring;

import org.jspecify.annotations.NullMarked;
