package io.stepyard.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps web pages of other sites away from a server on the loopback interface: a request that came over loopback must be
 * addressed to it by name (no rebound DNS name), and a page that sends one must come from the same origin.
 */
public final class OriginGuard extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String origin = request.getHeader("Origin");
        if (isLoopback(request.getLocalAddr()) && !isLoopback(request.getServerName())) {
            ProblemWriter.write(request, response, HttpStatus.FORBIDDEN, "FOREIGN_HOST",
                    "Expected a Host header that names the loopback interface, for instance 127.0.0.1.");
        } else if (origin != null && !isSame(origin, request)) {
            ProblemWriter.write(request, response, HttpStatus.FORBIDDEN, "FOREIGN_ORIGIN",
                    "Expected no Origin header or this server's own: other sites' pages may not use this API.");
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isSame(String origin, HttpServletRequest request) {
        try {
            URI uri = URI.create(origin);
            return request.getServerName().equalsIgnoreCase(uri.getHost()) && port(uri) == request.getServerPort();
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equals(uri.getScheme()) ? 443 : 80;
    }

    private static boolean isLoopback(@Nullable String host) {
        if (host == null) {
            return false;
        }
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.startsWith("127.") || name.equals("[::1]") || name.equals("::1")
                || name.equals("0:0:0:0:0:0:0:1");
    }
}
