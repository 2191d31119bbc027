package io.stepyard.api.http;

import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts what every path shares in place. */
@Configuration(proxyBeanMethods = false)
@Import({ProblemHandler.class, OpenApiController.class})
public class HttpConfiguration implements WebMvcConfigurer {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new ParameterCheck());
    }

    @Bean
    OriginGuard originGuard() {
        return new OriginGuard();
    }

    /** Tomcat's own error pages become problems as well. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcat() {
        return factory -> {
            factory.setDisableMBeanRegistry(true);
            TomcatContextCustomizer problems = context -> {
                if (context.getParent() instanceof org.apache.catalina.core.StandardHost host) {
                    host.setErrorReportValveClass(ProblemValve.class.getName());
                }
            };
            factory.addContextCustomizers(problems);
        };
    }
}
