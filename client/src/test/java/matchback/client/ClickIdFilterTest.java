package matchback.client;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClickIdFilterTest {
    private static final String CLICK = "0123456789abcdef0123456789abcdef";

    @TempDir private Path folder;
    private Tomcat tomcat;

    @BeforeEach
    void start() throws Exception {
        tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        var shop = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(shop, "page", new Page()).addMapping("/*");
        var filter = new FilterDef();
        filter.setFilterName("clickid");
        filter.setFilter(new ClickIdFilter());
        shop.addFilterDef(filter);
        var map = new FilterMap();
        map.setFilterName("clickid");
        map.addURLPattern("/*");
        shop.addFilterMap(map);
        tomcat.start();
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    private static final class Page extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            response.getWriter().print(ClickIdFilter.clickId(request).orElse("nobody"));
        }
    }

    private HttpResponse<String> get(String path, String cookie) throws Exception {
        var request =
                HttpRequest.newBuilder(
                        URI.create(
                                "http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void a_visitor_is_known_on_the_landing_page_and_on_the_pages_after() throws Exception {
        // when
        var landing = get("/?clickid=" + CLICK, "");
        var cookie = landing.headers().firstValue("Set-Cookie").orElse("");
        var later = get("/checkout", cookie.substring(0, cookie.indexOf(';')));

        // then
        assertThat(landing.body()).isEqualTo(CLICK);
        assertThat(later.body()).isEqualTo(CLICK);
        assertThat(later.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void a_newer_click_replaces_an_older_one() throws Exception {
        // when
        var page = get("/?clickid=" + CLICK, ClickIds.COOKIE + "=ffffffffffffffff");

        // then
        assertThat(page.body()).isEqualTo(CLICK);
        assertThat(page.headers().firstValue("Set-Cookie"))
                .hasValueSatisfying(cookie -> assertThat(cookie).contains(CLICK));
    }

    @Test
    void somebody_else_is_nobody() throws Exception {
        assertThat(get("/", "").body()).isEqualTo("nobody");
    }
}
