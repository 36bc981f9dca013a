/**
 * What a training does, as data: recipes, and how they are read.
 *
 * <p>{@link io.percolate.pipeline.training.recipe.VaeRecipe} and {@link
 * io.percolate.pipeline.training.recipe.DiffusionRecipe} describe a network, its loss and its {@link
 * io.percolate.pipeline.training.recipe.TrainingPlan}. A file or string is a {@link
 * io.percolate.pipeline.training.recipe.RecipeOverlay}: it changes the default recipe key by key, and a key that no
 * recipe knows is refused. {@link io.percolate.pipeline.training.recipe.Budget} says how long a training runs.
 */
@NullMarked
package io.percolate.pipeline.training.recipe;

import org.jspecify.annotations.NullMarked;
