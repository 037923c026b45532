package matchback.client;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/// Keeps the click id of a landing page's URL in a cookie, and shows it to the application as a
/// request attribute. Map it to all pages that an advertisement may lead to. A newer click id
/// replaces an older one.
public final class ClickIdFilter implements Filter {
    /// The request attribute with the visitor's click id, a String; absent when there is none.
    public static final String ATTRIBUTE = "matchback.clickid";

    /// Containers make it by its class.
    public ClickIdFilter() {}

    /// The visitor's click id, in a request that passed the filter.
    public static Optional<String> clickId(ServletRequest request) {
        return Optional.ofNullable(request.getAttribute(ATTRIBUTE)).map(Object::toString);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest page
                && response instanceof HttpServletResponse answer) {
            var arriving = ClickIds.inQuery(page.getQueryString());
            var kept = ClickIds.inCookies(page.getHeader("Cookie"));
            arriving.filter(id -> !kept.equals(Optional.of(id)))
                    .ifPresent(id ->
                            answer.addHeader(
                                    "Set-Cookie", ClickIds.setCookie(id, page.isSecure())));
            arriving.or(() -> kept).ifPresent(id -> page.setAttribute(ATTRIBUTE, id));
        }
        chain.doFilter(request, response);
    }
}
