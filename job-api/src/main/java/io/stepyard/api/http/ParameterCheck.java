package io.stepyard.api.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses query parameters that a path does not know: a misspelt filter must not look like an answer. */
public final class ParameterCheck implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && request.getQueryString() != null
                && method.getBeanType().getName().startsWith("io.stepyard.")) {
            check(request, known(method));
        }
        return true;
    }

    private static void check(HttpServletRequest request, Set<String> known) {
        request.getParameterMap().forEach((name, values) -> {
            if (!known.contains(name)) {
                throw new ApiException(HttpStatus.BAD_REQUEST, "UNKNOWN_PARAMETER",
                        "Expected only the parameters " + known + ", but found '" + ApiException.cut(name) + "'.");
            }
            if (values.length > 1) {
                throw ApiException.badParameter(name, String.join(" and ", values), "one value");
            }
        });
    }

    private static Set<String> known(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                .map(ParameterCheck::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(MethodParameter parameter) {
        RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
        if (annotation != null && !annotation.name().isEmpty()) {
            return annotation.name();
        }
        return String.valueOf(parameter.getParameter().getName());
    }
}
