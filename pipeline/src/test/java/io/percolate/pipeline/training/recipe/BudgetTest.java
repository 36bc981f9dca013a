package io.percolate.pipeline.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BudgetTest {

    @Test
    void stepsAreSpentWhateverTheTime() {
        assertThat(new Budget.Steps(200).spent(50, 1e9)).isEqualTo(0.25);
        assertThat(new Budget.Steps(200).totalSteps(50, 1e9)).isEqualTo(200);
    }

    @Test
    void minutesForeseeTheNumberOfStepsFromTheSpeedSoFar() {
        assertThat(new Budget.Minutes(10).spent(50, 150)).isEqualTo(0.25);
        assertThat(new Budget.Minutes(10).totalSteps(50, 150)).isEqualTo(200);
    }

    @Test
    void nothingIsNoBudget() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Budget.Minutes(0))
                .withMessageContaining("0.0 minutes");
    }

    @Test
    void aPartOfABudgetIsABudget() {
        assertThat(new Budget.Steps(200).part(0.25)).isEqualTo(new Budget.Steps(50));
        assertThat(new Budget.Minutes(10).part(0.25)).isEqualTo(new Budget.Minutes(2.5));
    }

    @Test
    void otherWorkUsesUpMinutesButNotSteps() {
        assertThat(new Budget.Steps(200).after(60)).isEqualTo(new Budget.Steps(200));
        assertThat(new Budget.Minutes(10).after(60)).isEqualTo(new Budget.Minutes(9));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Budget.Minutes(1).after(66))
                .withMessageContaining("1.1 of 1.0 minutes are used up");
    }
}
