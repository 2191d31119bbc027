package io.stepyard.cli.api;

/** The job API answered, and the answer is a problem. */
public final class ApiRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ApiProblem problem;

    public ApiRefusal(ApiProblem problem) {
        super(problem.sentence());
        this.problem = problem;
    }

    public ApiProblem problem() {
        return problem;
    }

    public boolean isNotFound() {
        return problem.status() == 404;
    }
}
