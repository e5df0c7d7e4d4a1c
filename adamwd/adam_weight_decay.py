"""AdamWeightDecay: the NumPy reference of ``mindspore.nn.AdamWeightDecay``.

Read it beside `adamwd.adamw`: the two files have the same shape, so that their
difference is the difference of the two optimizers.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from adamwd.parameter import Parameter, as_parameters
from adamwd.rounding import FloatArray, fused_multiply_add

GROUP_KEYS = ("params", "lr", "weight_decay", "order_params", "grad_centralization")


def adam_weight_decay_update(
    parameter: Any,
    gradient: Any,
    moment1: Any,
    moment2: Any,
    *,
    learning_rate: Any = 1e-3,
    beta1: Any = 0.9,
    beta2: Any = 0.999,
    eps: Any = 1e-6,
    weight_decay: Any = 0.0,
) -> tuple[Any, Any, Any]:
    r"""One step of AdamWeightDecay, elementwise; every argument broadcasts.

    $$\begin{aligned}
    m &\leftarrow \beta_1 m + (1-\beta_1)\,g \\
    v &\leftarrow \beta_2 v + (1-\beta_2)\,g^2 \\
    w &\leftarrow w - \eta\left(\frac{m}{\sqrt{v} + \epsilon} + \lambda w\right)
    \end{aligned}$$

    There is no bias correction, so there is no step number.

    Args:
        parameter: Parameters $w$, float16, float32 or float64, any shape. float64 is computed in
            float32, as MindSpore does.
        gradient: Gradients $g$, same dtype, broadcast against `parameter`.
        moment1: First moments $m$ before the step, same dtype.
        moment2: Second moments $v$ before the step, same dtype.
        learning_rate: Learning rate $\eta$.
        beta1: Decay rate of the first moment.
        beta2: Decay rate of the second moment.
        eps: $\epsilon$, added to the uncorrected $\sqrt{v}$.
        weight_decay: Decoupled weight decay $\lambda$.

    Returns:
        The new parameters, first moments and second moments, in the dtype of `parameter`.

    Sources: Loshchilov and Hutter, "Decoupled Weight Decay Regularization", arXiv:1711.05101;
    ``mindspore/nn/optim/adam.py`` and the CPU kernel of ``AdamWeightDecay``, MindSpore 2.10:
    the hyper-parameters are float32 before 1 - beta is formed, the moments take one fused
    multiply-add each, and the parameters' update is computed in float64 and rounded once
    (in float16, every operation is rounded to float16).
    """
    dtype = np.asarray(parameter).dtype
    real, wide = _arithmetic(dtype)
    parameter, gradient, moment1, moment2 = map(real, (parameter, gradient, moment1, moment2))
    learning_rate, beta1, beta2, eps, weight_decay = (
        real(np.asarray(x, np.float32)) for x in (learning_rate, beta1, beta2, eps, weight_decay)
    )
    one = real(1)

    moment1 = fused_multiply_add(gradient - moment1, one - beta1, moment1)
    square_minus_moment2 = fused_multiply_add(gradient, gradient, -moment2)
    moment2 = fused_multiply_add(square_minus_moment2, one - beta2, moment2)

    denominator = np.sqrt(wide(moment2)) + wide(eps)
    update = wide(moment1) / denominator + wide(weight_decay * parameter)
    parameter = real(wide(parameter) - wide(learning_rate) * update)

    return parameter.astype(dtype), moment1.astype(dtype), moment2.astype(dtype)


def _arithmetic(dtype: np.dtype[Any]) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    """Return the kernel's own precision and the one in which it computes the new parameters."""
    if dtype == np.float16:
        return (lambda x: np.asarray(x, np.float16)), (lambda x: x)
    # The parameters of the kernel are float32 even for float64; its result is rounded to float32.
    single = lambda x: np.asarray(x).astype(np.float32)  # noqa: E731
    return single, (lambda x: np.asarray(x).astype(np.float64))


class AdamWeightDecay:
    """The NumPy reference of ``mindspore.nn.AdamWeightDecay``: groups, name filter, state.

    Without groups, a parameter whose name contains ``beta`` or ``gamma`` does not decay. Any
    grouping switches that filter off.

    Examples:
        >>> import numpy as np
        >>> w = Parameter(np.ones(3, np.float32), name="dense.weight")
        >>> optimizer = AdamWeightDecay([w], learning_rate=0.1)
        >>> optimizer((np.ones(3, np.float32),))
        (True,)
        >>> w.data
        array([0.68378013, 0.68378013, 0.68378013], dtype=float32)

    Args:
        params: Parameters or writable float16/32/64 arrays of any shape (updated in place), or
            dictionaries with the keys ``params``, ``lr``, ``weight_decay`` and
            ``grad_centralization`` (accepted and without effect, as in MindSpore), or with the key
            ``order_params`` alone.
        learning_rate: At least 0; a number, or one value a step (a one-dimensional array, list or
            tuple), or a function of the step, counted from 0.
        beta1: Decay rate of the first moment, a float in (0, 1).
        beta2: Decay rate of the second moment, a float in (0, 1).
        eps: Added to the denominator, a float above 0.
        weight_decay: Decoupled weight decay, at least 0; a number, or a function of the step.

    Attributes:
        parameters: The parameters, in the order in which `__call__` expects their gradients.
        moments1: The first moments, parameters named ``adam_m.<name>``.
        moments2: The second moments, parameters named ``adam_v.<name>``.
        global_step: Steps done, an int32 array of shape (1,).

    Raises:
        TypeError: If an argument, or an element of `params`, has the wrong type.
        ValueError: If an argument is out of range, `params` or a group is empty, a parameter comes
            twice, or ``order_params`` does not name the same parameters.
        KeyError: If a group has an unknown key.
        RuntimeError: If a parameter is in two groups.

    Source: ``mindspore/nn/optim/optimizer.py``, ``mindspore/nn/optim/adam.py``, MindSpore 2.10.
    """

    def __init__(
        self,
        params: Iterable[Any],
        learning_rate: Any = 1e-3,
        beta1: float = 0.9,
        beta2: float = 0.999,
        eps: float = 1e-6,
        weight_decay: Any = 0.0,
    ) -> None:
        groups = _list_of_parameters(params)
        learning_rate = _check_learning_rate(learning_rate)
        self.is_group = isinstance(groups[0], dict)
        if self.is_group:
            settings = _settings_of_groups(groups, learning_rate, weight_decay)
            weight_decay = _check_weight_decay(weight_decay)
        else:
            weight_decay = _check_weight_decay(weight_decay)
            settings = [
                (parameter, learning_rate, weight_decay, _name_decays(parameter.name))
                for parameter in as_parameters(groups)
            ]
        _check_unique(setting[0] for setting in settings)
        _check_hyperparameters(beta1, beta2, eps)

        self.parameters = tuple(setting[0] for setting in settings)
        self.learning_rates = tuple(setting[1] for setting in settings)
        self.weight_decays = tuple(setting[2] for setting in settings)
        self.decay_flags = tuple(setting[3] for setting in settings)
        self.beta1, self.beta2, self.eps = beta1, beta2, eps
        self.global_step = np.zeros(1, np.int32)
        self.moments1 = tuple(_zeros(p, "adam_m") for p in self.parameters)
        self.moments2 = tuple(_zeros(p, "adam_v") for p in self.parameters)

    def __call__(self, gradients: tuple[FloatArray, ...]) -> tuple[bool, ...]:
        """Update every parameter, in place.

        Args:
            gradients: A tuple with one array for each of `parameters`, of the parameter's shape; it
                is cast to the parameter's dtype.

        Returns:
            A tuple of True, as long as `parameters`.

        Raises:
            RuntimeError: If `gradients` is no tuple, has another length, or the list of learning
                rates has come to its end.
            TypeError: If a gradient is None.
            ValueError: If a gradient has another shape than its parameter.
        """
        if not isinstance(gradients, tuple):
            raise RuntimeError(f"gradients must be a tuple, got {type(gradients).__name__}")
        if len(gradients) != len(self.parameters):
            raise RuntimeError(f"expected {len(self.parameters)} gradients, got {len(gradients)}")
        for parameter, gradient in zip(self.parameters, gradients, strict=True):
            _check_gradient(parameter, gradient)
        step = int(self.global_step[0])
        learning_rates = [_at_step(x, step) for x in self.learning_rates]
        weight_decays = [_at_step(x, step) for x in self.weight_decays]
        self.global_step += 1

        for index, gradient in enumerate(gradients):
            parameter, moment1, moment2 = (
                x[index] for x in (self.parameters, self.moments1, self.moments2)
            )
            new = adam_weight_decay_update(
                parameter.data,
                gradient.astype(parameter.dtype),
                moment1.data,
                moment2.data,
                learning_rate=learning_rates[index],
                beta1=self.beta1,
                beta2=self.beta2,
                eps=self.eps,
                weight_decay=weight_decays[index] if self.decay_flags[index] else 0.0,
            )
            for target, value in zip((parameter, moment1, moment2), new, strict=True):
                target.data[...] = value
        return (True,) * len(self.parameters)

    def parameters_dict(self) -> dict[str, FloatArray]:
        """Return the state under MindSpore's names, copied.

        Returns:
            ``global_step`` and, for each parameter, its own name, ``adam_m.<name>`` and
            ``adam_v.<name>``.
        """
        state: dict[str, Any] = {"global_step": self.global_step.copy()}
        for parameter in (*self.parameters, *self.moments1, *self.moments2):
            state[parameter.name] = parameter.data.copy()
        return state

    def load_parameters_dict(self, state: Mapping[str, FloatArray]) -> None:
        """Take over a state written by `parameters_dict`, or read from a MindSpore checkpoint.

        Args:
            state: Arrays by name.

        Raises:
            KeyError: If a name is missing.
            ValueError: If a shape is not the parameter's.
        """
        targets = {p.name: p.data for p in (*self.parameters, *self.moments1, *self.moments2)}
        targets["global_step"] = self.global_step  # type: ignore[assignment]
        for name, target in targets.items():
            if np.shape(state[name]) != target.shape:
                raise ValueError(
                    f"{name} must have shape {target.shape}, got {np.shape(state[name])}"
                )
        for name, target in targets.items():
            target[...] = state[name]


def _name_decays(name: str) -> bool:
    return "beta" not in name and "gamma" not in name


def _zeros(parameter: Parameter, prefix: str) -> Parameter:
    return Parameter(np.zeros_like(parameter.data), name=f"{prefix}.{parameter.name}")


def _at_step(setting: Any, step: int) -> Any:
    """Return a learning rate's or weight decay's value at a step, counted from 0."""
    if callable(setting):
        return np.float32(setting(step))
    if np.ndim(setting) == 0:
        return setting
    if step >= len(setting):
        raise RuntimeError(
            f"the list of learning rates has {len(setting)} values, one a step, "
            f"and none is left for step {step}"
        )
    return setting[step]


def _list_of_parameters(params: Any) -> list[Any]:
    if params is None:
        raise ValueError("For 'Optimizer', the argument parameters can not be None.")
    if not isinstance(params, Iterable):
        raise TypeError(
            "For 'Optimizer', the argument parameters must be Iterable type, "
            f"but got {type(params)}."
        )
    result = list(params)
    if not result:
        raise ValueError("For 'Optimizer', the argument parameters must not be empty.")
    if not (
        all(isinstance(x, (Parameter, np.ndarray)) for x in result)
        or all(isinstance(x, dict) for x in result)
    ):
        raise TypeError(
            "For 'Optimizer', all elements of the argument 'parameters' must be 'Parameter' or "
            "'dict', please check the 'parameters'."
        )
    return result


def _settings_of_groups(
    groups: list[dict[str, Any]], learning_rate: Any, weight_decay: Any
) -> list[tuple[Parameter, Any, Any, bool]]:
    """Return parameter, learning rate, weight decay and whether it decays, in the final order."""
    for group in groups:
        _check_group(group)
    own_rates = {i: _check_learning_rate(g["lr"]) for i, g in enumerate(groups) if "lr" in g}
    rates = [learning_rate, *own_rates.values()]
    lengths = {len(rate) for rate in rates if np.ndim(rate) == 1}
    if len(lengths) > 1:
        raise ValueError(
            "For 'Optimizer', the Tensor type dynamic learning rate in group must be "
            "the same size as the argument 'learning_rate'."
        )
    if own_rates and any(callable(rate) or np.ndim(rate) == 1 for rate in rates):
        # MindSpore turns the fixed rates into cells that add 1 and subtract it again (in float32).
        learning_rate = _plus_and_minus_one(learning_rate)
        own_rates = {index: _plus_and_minus_one(rate) for index, rate in own_rates.items()}
    settings: dict[str | int, tuple[Parameter, Any, Any, bool]] = {}
    order: list[Parameter] | None = None
    for index, group in enumerate(groups):
        if "order_params" in group:
            order = as_parameters(group["order_params"])
            continue
        lr = own_rates.get(index, learning_rate)
        decay = _check_weight_decay(group.get("weight_decay", weight_decay))
        flag = callable(decay) or decay > 0
        # A generator was used up by the checks, so its parameters are dropped: MindSpore's rule.
        for parameter in as_parameters(group["params"]):
            if _key(parameter) in settings:
                raise RuntimeError(
                    f"For 'Optimizer', the {parameter.name} parameter already exists, "
                    "it does not support repeated setting."
                )
            settings[_key(parameter)] = (parameter, lr, decay, flag)
    if order is None:
        return list(settings.values())
    if len(order) != len(settings):
        raise ValueError(
            "For 'Optimizer', the length of order parameters must be the same as the length of "
            f"group parameters, but got order parameters' length {len(order)}, "
            f"group parameters' length {len(settings)}."
        )
    keys = [_key(parameter) for parameter in order]
    for key, setting in settings.items():
        if key not in keys:
            raise ValueError(f"{setting[0].name!r} is not in order_params")
    return [settings[key] for key in keys]


def _plus_and_minus_one(rate: Any) -> Any:
    if callable(rate) or np.ndim(rate) == 1:
        return rate
    one = np.float32(1)
    return (np.asarray(rate, np.float32) + one) - one


def _check_group(group: dict[str, Any]) -> None:
    unknown = [key for key in group if key not in GROUP_KEYS]
    if unknown:
        raise KeyError(
            "For 'Optimizer', the key in group params must be one of in "
            f"{list(GROUP_KEYS)}, but got {unknown}."
        )
    if "order_params" in group:
        if len(group) > 1:
            raise ValueError(
                "For 'Optimizer', the order params dict in group parameters should only include "
                f"the 'order_params' key, but got {group.keys()}."
            )
        if not isinstance(group["order_params"], Iterable):
            raise TypeError(
                "For 'Optimizer', the value of 'order_params' in group parameters should be "
                f"Iterable type, but got {type(group['order_params'])}."
            )
        return
    for index, parameter in enumerate(_list_of_parameters(group["params"])):
        if not isinstance(parameter, (Parameter, np.ndarray)):
            raise TypeError(
                "For 'Optimizer', the element in group parameters must be Parameter type, "
                f"but got {type(parameter)} at index {index}."
            )
    if not isinstance(group.get("grad_centralization", False), bool):
        raise TypeError(
            "For 'Optimizer', the 'gradients_centralization' must be bool type, "
            f"but got {type(group['grad_centralization'])}."
        )


def _check_learning_rate(learning_rate: Any) -> Any:
    """Return the learning rate as float32, one value or one a step, or the function of the step."""
    if isinstance(learning_rate, (float, int)):
        _check_at_least_zero(float(learning_rate), "learning rate")
        return np.float32(learning_rate)
    if callable(learning_rate):
        return learning_rate
    if isinstance(learning_rate, np.ndarray):
        if learning_rate.ndim > 1:
            raise ValueError(
                "For 'Optimizer', if 'learning_rate' is Tensor type, then the dimension of it "
                f"should be 0 or 1, but got {learning_rate.ndim}."
            )
        return learning_rate.astype(np.float32)
    if isinstance(learning_rate, Iterable):
        return np.array(list(learning_rate)).astype(np.float32)
    raise TypeError(
        "For 'Optimizer', the argument 'learning_rate' must be int, float, Tensor, Iterable or "
        f"LearningRateSchedule, but got {type(learning_rate)}."
    )


def _check_weight_decay(weight_decay: Any) -> Any:
    """Return the weight decay as float32, or the function of the step."""
    if isinstance(weight_decay, (float, int)):
        _check_at_least_zero(float(weight_decay), "weight_decay")
        return np.float32(weight_decay)
    if callable(weight_decay):
        return weight_decay
    raise TypeError(
        "For 'Optimizer', the argument 'Weight_decay' must be int, float or Cell, "
        f"but got {type(weight_decay)}"
    )


def _check_hyperparameters(beta1: float, beta2: float, eps: float) -> None:
    """Refuse what ``mindspore.nn.AdamWeightDecay`` refuses, with its exception types and words."""
    for name, value in (("beta1", beta1), ("beta2", beta2), ("eps", eps)):
        if not isinstance(value, float):
            raise TypeError(
                f"For 'AdamWeightDecay', the type of '{name}' should be 'float', "
                f"but got type '{type(value).__name__}'."
            )
    for name, value in (("beta1", beta1), ("beta2", beta2)):
        # Not "0 < value < 1": MindSpore lets NaN pass.
        if value <= 0.0 or value >= 1.0:
            raise ValueError(
                f"For 'AdamWeightDecay', the '{name}' must be in range of (0.0, 1.0), "
                f"but got {value} with type 'float'."
            )
    _check_legal(eps, "eps")
    if not eps > 0.0:
        raise ValueError(
            f"For 'AdamWeightDecay', the 'eps' must be float and must > 0, "
            f"but got '{eps}' with type 'float'."
        )


def _check_at_least_zero(value: float, name: str) -> None:
    _check_legal(value, name)
    if value < 0.0:
        raise ValueError(
            f"For 'AdamWeightDecay', the '{name}' must be float and must >= 0, "
            f"but got '{value}' with type 'float'."
        )


def _check_legal(value: float, name: str) -> None:
    if not math.isfinite(value):
        raise ValueError(
            f"For 'AdamWeightDecay', the '{name}' must be a legal value, but got '{value}'."
        )


def _check_unique(parameters: Iterable[Parameter]) -> None:
    seen = set()
    for parameter in parameters:
        if _key(parameter) in seen:
            raise ValueError(
                f"the name {parameter.name!r} already exists. "
                "Please set a unique name for the parameter."
            )
        seen.add(_key(parameter))


def _key(parameter: Parameter) -> str | int:
    """Parameters are the same if their names are; a plain array has no name, only an identity."""
    return parameter.name or id(parameter.data)


def _check_gradient(parameter: Parameter, gradient: FloatArray) -> None:
    if gradient is None:
        raise TypeError(f"the gradient of {parameter.name or 'the parameter'} is None")
    if np.shape(gradient) != parameter.shape:
        raise ValueError(
            f"For primitive[AdamWeightDecay], the var_shape: {parameter.shape} "
            f"must be equal to {np.shape(gradient)}"
        )
