package io.percolate.pipeline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.pipeline.generation.GenerationRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SampleBudgetTest {

    @Test
    void whatIsChosenIsAskedForAndNothingElse() {
        SampleBudget budget = new SampleBudget(8, 3)
                .with(new SampleBudget.Choice(Optional.of(4.5), Optional.of(SamplerKind.DPMPP_2M)));
        assertThat(budget.applyTo(request()).build())
                .isEqualTo(request()
                        .steps(3)
                        .guidanceScale(4.5)
                        .sampler(SamplerKind.DPMPP_2M)
                        .build());
        assertThat(new SampleBudget(8, 3).applyTo(request()).build())
                .isEqualTo(request().steps(3).build());
    }

    @Test
    void aModelOfManyStepsIsJudgedByFewAndOneOfFewByItsOwn() {
        assertThat(SampleBudget.of(8, null, 50).steps()).isEqualTo(20);
        assertThat(SampleBudget.of(8, null, 4).steps()).isEqualTo(4);
        assertThat(SampleBudget.of(8, 50, 4).steps()).isEqualTo(50);
    }

    @Test
    void oneImageComparesNothing() {
        assertThatThrownBy(() -> new SampleBudget(1, 20)).hasMessageContaining("at least 2 images");
    }

    private static GenerationRequest.Builder request() {
        return GenerationRequest.of("a").seed(1);
    }
}
