package io.percolate.tests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Calls of DJL that make arrays in Java's memory. */
final class EngineCalls {

    /** Their answers are not differentiable: autograd remembers nothing of them. */
    private static final Set<String> COMPARISONS = Set.of("eq", "neq", "gt", "gte", "lt", "lte");

    /** {@code NDManager.create} of anything but a shape, and {@code NDArray.set}. */
    static final DescribedPredicate<JavaAccess<?>> FROM_JAVA_DATA = call(
            "make an array of Java data",
            target -> owned(target, NDManager.class)
                            && target.getName().startsWith("create")
                            && !parameters(target).get(0).isEquivalentTo(Shape.class)
                    || owned(target, NDArray.class) && target.getName().equals("set"));

    /** Arithmetic of an array and a {@link Number}. */
    static final DescribedPredicate<JavaAccess<?>> WITH_A_NUMBER = call(
            "compute with an array and a Number",
            target -> (owned(target, NDArray.class) || owned(target, NDArrays.class))
                    && parameters(target).stream().anyMatch(type -> type.isEquivalentTo(Number.class))
                    && !COMPARISONS.contains(target.getName()));

    /** A root manager, as {@code TorchEngine}, {@code Engine} and {@code NDManager} make it, on no device in particular. */
    static final DescribedPredicate<JavaAccess<?>> WITHOUT_A_DEVICE = call(
            "make a root manager without a device",
            target -> Set.of("newManager", "newBaseManager").contains(target.getName())
                    && parameters(target).stream().noneMatch(type -> type.isEquivalentTo(Device.class)));

    private EngineCalls() {}

    private static DescribedPredicate<JavaAccess<?>> call(String what, Predicate<CodeUnitAccessTarget> matches) {
        return describe(
                what, access -> access.getTarget() instanceof CodeUnitAccessTarget target && matches.test(target));
    }

    private static boolean owned(CodeUnitAccessTarget target, Class<?> type) {
        return target.getOwner().isAssignableTo(type);
    }

    private static List<JavaClass> parameters(CodeUnitAccessTarget target) {
        return target.getRawParameterTypes();
    }
}
