package io.stepyard.infra;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.nio.file.Path;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;

/** The CDK app: {@code cdk synth} and {@code cdk deploy} start it in infra-cdk, where cdk.json stands. */
public final class StepyardApp {

    private StepyardApp() {}

    /** Exit code 2 and one line when a setting is bad. */
    public static void main(String[] arguments) {
        try {
            App app = new App();
            addTo(app, Artifacts.of(Path.of(System.getProperty("stepyard.root", ".."))));
            app.synth();
        } catch (BadSettings e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /** Adds the stack with the settings of the app's context, and the checks that every synthesis goes through (B18). */
    static StepyardStack addTo(App app, Artifacts artifacts) {
        StackSettings settings = SettingsReader.read(app.getNode().tryGetContext("stepyard"));
        StepyardStack stack = new StepyardStack(app, "Stepyard", settings, artifacts);
        Aspects.of(app).add(AwsSolutionsChecks.Builder.create().reports(false).build());
        return stack;
    }
}
