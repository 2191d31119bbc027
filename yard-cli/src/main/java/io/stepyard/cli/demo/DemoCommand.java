package io.stepyard.cli.demo;

import io.stepyard.cli.service.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "demo")
public final class DemoCommand implements Callable<Integer> {
    private final Surroundings around;

    public DemoCommand(Surroundings around) {
        this.around = around;
    }
    @Override
    public Integer call() {
        around.out().println("later");
        return 70;
    }
}
