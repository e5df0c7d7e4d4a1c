"""AdamW: the NumPy reference of ``torch.optim.AdamW``.

Read it beside `adamwd.adam_weight_decay`: the two files have the same shape, so that their
difference is the difference of the two optimizers.
"""

import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from adamwd.parameter import Parameter, as_parameters
from adamwd.rounding import FloatArray, bias_correction, fused_multiply_add, lerp


def adamw_update(
    parameter: Any,
    gradient: Any,
    exp_avg: Any,
    exp_avg_sq: Any,
    max_exp_avg_sq: Any = None,
    *,
    step: npt.ArrayLike,
    lr: Any = 1e-3,
    beta1: Any = 0.9,
    beta2: Any = 0.999,
    eps: Any = 1e-8,
    weight_decay: Any = 1e-2,
    maximize: bool = False,
    fused: bool = False,
) -> tuple[Any, Any, Any, Any]:
    r"""One step of AdamW, elementwise; every argument broadcasts.

    $$\begin{aligned}
    w &\leftarrow (1 - \eta\lambda)\,w \\
    m &\leftarrow \beta_1 m + (1-\beta_1)\,g \\
    v &\leftarrow \beta_2 v + (1-\beta_2)\,g^2 \\
    w &\leftarrow w - \frac{\eta}{1-\beta_1^t}\,
        \frac{m}{\sqrt{v}\,/\sqrt{1-\beta_2^t} + \epsilon}
    \end{aligned}$$

    Args:
        parameter: Parameters $w$, float16, float32 or float64, any shape.
        gradient: Gradients $g$, same dtype, broadcast against `parameter`.
        exp_avg: First moments $m$ before the step, same dtype.
        exp_avg_sq: Second moments $v$ before the step, same dtype.
        max_exp_avg_sq: Largest second moments so far (AMSGrad), or None for plain AdamW.
        step: Step number $t$, counted from 1.
        lr: Learning rate $\eta$.
        beta1: Decay rate of the first moment.
        beta2: Decay rate of the second moment.
        eps: $\epsilon$, added after the division by $\sqrt{1-\beta_2^t}$.
        weight_decay: Decoupled weight decay $\lambda$.
        maximize: Follow the gradient upwards.
        fused: Round float16 once at the end of the step, as the fused kernel does, and not after
            every operation. It changes nothing for float32 and float64.

    Returns:
        The new parameters, first moments, second moments and largest second moments (None without
        AMSGrad), in the dtype of `parameter`.

    Sources: Loshchilov and Hutter, "Decoupled Weight Decay Regularization", arXiv:1711.05101;
    ``torch/optim/adam.py`` (``_single_tensor_adam``) and ``FusedAdamKernel.cpp``, PyTorch 2.13.
    """
    dtype = np.asarray(parameter).dtype
    real, rounded = _arithmetic(dtype, fused)
    parameter, gradient, exp_avg, exp_avg_sq = map(real, (parameter, gradient, exp_avg, exp_avg_sq))
    if maximize:
        gradient = -gradient

    parameter = rounded(parameter * real(1 - lr * weight_decay))
    exp_avg = rounded(lerp(exp_avg, gradient, real(1 - beta1)))
    exp_avg_sq = rounded(exp_avg_sq * real(beta2))
    exp_avg_sq = rounded(fused_multiply_add(real(1 - beta2) * gradient, gradient, exp_avg_sq))

    bias_correction1 = bias_correction(beta1, step)
    bias_correction2 = bias_correction(beta2, step)
    step_size = lr / bias_correction1

    second_moment = exp_avg_sq
    if max_exp_avg_sq is not None:
        second_moment = max_exp_avg_sq = np.maximum(real(max_exp_avg_sq), exp_avg_sq)
    root = rounded(np.sqrt(second_moment))
    root = rounded(root / real(np.sqrt(bias_correction2)))
    denominator = rounded(root + real(eps))
    parameter = rounded(parameter + real(-step_size) * exp_avg / denominator)

    maximum = None if max_exp_avg_sq is None else max_exp_avg_sq.astype(dtype)
    return parameter.astype(dtype), exp_avg.astype(dtype), exp_avg_sq.astype(dtype), maximum


def _arithmetic(
    dtype: np.dtype[Any], fused: bool
) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    """Return how numbers enter the computation, and how the result of one operation is stored.

    PyTorch computes float16 in float32 and rounds to float16 where an operation stores its result:
    after each one, or at the end of the whole step in the fused kernel.
    """
    if dtype != np.float16:
        return (lambda x: np.asarray(x, dtype)), (lambda x: x)
    half_to_single = lambda x: np.asarray(x, np.float32)  # noqa: E731
    if fused:
        return half_to_single, (lambda x: x)
    return half_to_single, (lambda x: np.asarray(x).astype(np.float16).astype(np.float32))


class AdamW:
    """The NumPy reference of ``torch.optim.AdamW``: its groups, state, rounding and validation.

    Examples:
        >>> import numpy as np
        >>> w = np.ones(3, np.float32)
        >>> optimizer = AdamW([w], lr=0.1, weight_decay=0.0)
        >>> optimizer.step([np.ones(3, np.float32)])
        >>> w
        array([0.9, 0.9, 0.9], dtype=float32)

    Args:
        params: Parameters or writable float16/32/64 arrays of any shape (updated in place), or
            ``(name, parameter)`` pairs, or dictionaries with the key ``"params"`` and, for that
            group alone, any of the options below.
        lr: Learning rate, at least 0; a number or a one-element array.
        betas: Decay rates of the two moments, floats in [0, 1).
        eps: Added to the denominator, at least 0.
        weight_decay: Decoupled weight decay, at least 0.
        amsgrad: Use the largest second moment so far.
        maximize: Follow the gradient upwards.
        foreach: Chooses between implementations in PyTorch; here it is validated and kept.
        capturable: For CUDA graphs in PyTorch; refused by `step`, as PyTorch refuses it on a CPU.
        differentiable: For autograd through the step in PyTorch; here it is validated and kept.
        fused: Round float16 as the fused kernel does.

    Attributes:
        param_groups: The groups, dictionaries with PyTorch's keys; may be changed between steps.
        state: By parameter: ``step``, ``exp_avg``, ``exp_avg_sq`` and ``max_exp_avg_sq``, made at
            the first step in which the parameter has a gradient.

    Raises:
        TypeError: If `params` is a single array, or an element is no parameter.
        ValueError: If a hyper-parameter is out of range, `params` is empty, or a parameter is in
            two groups.
        RuntimeError: If `fused` is combined with `foreach` or `differentiable`.

    Source: ``torch/optim/adamw.py``, ``torch/optim/adam.py``, PyTorch 2.13.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: Any = 1e-3,
        betas: tuple[Any, Any] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
        amsgrad: bool = False,
        *,
        maximize: bool = False,
        foreach: bool | None = None,
        capturable: bool = False,
        differentiable: bool = False,
        fused: bool | None = None,
    ) -> None:
        _check_hyperparameters(lr, betas, eps, weight_decay, foreach, capturable)
        self.defaults: dict[str, Any] = {
            "lr": lr,
            "betas": tuple(betas),
            "eps": eps,
            "weight_decay": weight_decay,
            "amsgrad": amsgrad,
            "maximize": maximize,
            "foreach": foreach,
            "capturable": capturable,
            "differentiable": differentiable,
            "fused": fused,
            "decoupled_weight_decay": True,
        }
        if isinstance(params, (np.ndarray, Parameter)):
            raise TypeError(
                "params argument given to the optimizer should be an iterable of arrays or dicts, "
                f"but got {type(params).__name__}"
            )
        groups = list(params)
        if not groups:
            raise ValueError("optimizer got an empty parameter list")
        if not isinstance(groups[0], dict):
            groups = [{"params": groups}]
        self.param_groups: list[dict[str, Any]] = []
        self.state: dict[Parameter, dict[str, Any]] = {}
        for group in groups:
            self.add_param_group(dict(group))
        if fused and differentiable:
            raise RuntimeError("`fused` does not support `differentiable`")
        if fused and foreach:
            raise RuntimeError("`fused` and `foreach` cannot be `True` together.")

    def add_param_group(self, param_group: dict[str, Any]) -> None:
        """Add a group of parameters; options that it does not name take the optimizer's values.

        As in PyTorch, the options of a group are not validated and unknown keys are kept.

        Args:
            param_group: A dictionary with the key ``"params"`` and any of the options.

        Raises:
            TypeError: If the group is no dictionary, or its parameters are a set or no parameters.
            ValueError: If only some parameters are named, or one is in another group already.
        """
        if not isinstance(param_group, dict):
            raise TypeError(f"param_group must be a dict, but got {type(param_group)}")
        params = param_group["params"]
        if isinstance(params, set):
            raise TypeError("optimizer parameters need to be organized in ordered collections")
        params = [params] if isinstance(params, (np.ndarray, Parameter)) else list(params)
        names = [param[0] for param in params if isinstance(param, tuple)]
        if names and len(names) != len(params):
            raise ValueError(
                "all optimizer params should be with/without names. Some param names are missing"
            )
        if names:
            params = [param for _, param in params]
            param_group["param_names"] = names
        known = {id(p.data): p for group in self.param_groups for p in group["params"]}
        for param in params:
            if not isinstance(param, (np.ndarray, Parameter)):
                raise TypeError(
                    "optimizer can only optimize arrays, "
                    f"but one of the params is {type(param).__name__}"
                )
        param_group["params"] = as_parameters(params)
        for name, default in self.defaults.items():
            param_group.setdefault(name, default)
        ids = [id(p.data) for p in param_group["params"]]
        if len(ids) != len(set(ids)):
            warnings.warn(
                "optimizer contains a parameter group with duplicate parameters; "
                "in future, this will cause an error",
                stacklevel=3,
            )
        if any(("param_names" in group) != bool(names) for group in self.param_groups):
            which = "with" if names else "without"
            raise ValueError(
                "all optimizer param groups should be with/without names. "
                f"cannot add param group {which} names to the optimizer"
            )
        if any(i in known for i in ids):
            raise ValueError("some parameters appear in more than one parameter group")
        self.param_groups.append(param_group)

    def step(self, gradients: Sequence[FloatArray | None]) -> None:
        """Update every parameter that has a gradient, in place.

        Args:
            gradients: One array for each parameter, in the order of the groups, with the
                parameter's shape and dtype; None skips the parameter: no decay, no state.

        Raises:
            ValueError: If there are more or fewer gradients than parameters.
            RuntimeError: If a gradient's shape or dtype is not the parameter's.
            AssertionError: If a group asks for `capturable`, which needs an accelerator.
        """
        pairs = [(group, p) for group in self.param_groups for p in group["params"]]
        if len(gradients) != len(pairs):
            raise ValueError(f"expected {len(pairs)} gradients, got {len(gradients)}")
        for (group, parameter), gradient in zip(pairs, gradients, strict=True):
            _check_gradient(parameter, gradient)
            if group["capturable"]:
                raise AssertionError(
                    "If capturable=True, params and state_steps must be on supported devices"
                )
        for (group, parameter), gradient in zip(pairs, gradients, strict=True):
            if gradient is not None:
                self._update(group, parameter, gradient)

    def _update(self, group: dict[str, Any], parameter: Parameter, gradient: FloatArray) -> None:
        state = self.state.setdefault(parameter, {})
        if not state:
            state["step"] = np.float32(0)
            state["exp_avg"] = np.zeros_like(parameter.data)
            state["exp_avg_sq"] = np.zeros_like(parameter.data)
            if group["amsgrad"]:
                state["max_exp_avg_sq"] = np.zeros_like(parameter.data)
        state["step"] += np.float32(1)
        beta1, beta2 = group["betas"]
        new = adamw_update(
            parameter.data,
            gradient,
            state["exp_avg"],
            state["exp_avg_sq"],
            state["max_exp_avg_sq"] if group["amsgrad"] else None,
            step=int(state["step"]),
            lr=group["lr"],
            beta1=beta1,
            beta2=beta2,
            eps=group["eps"],
            weight_decay=group["weight_decay"],
            maximize=group["maximize"],
            fused=bool(group["fused"]),
        )
        parameter.data[...] = new[0]
        state["exp_avg"][...] = new[1]
        state["exp_avg_sq"][...] = new[2]
        if group["amsgrad"]:
            state["max_exp_avg_sq"][...] = new[3]

    def state_dict(self) -> dict[str, Any]:
        """Return the state in PyTorch's layout, copied.

        Returns:
            ``{"state": {index: {...}}, "param_groups": [{..., "params": [index, ...]}]}``.
        """
        index = {p: i for i, p in enumerate(self._parameters())}
        return {
            "state": {index[p]: _copied(state) for p, state in self.state.items()},
            "param_groups": [
                {**group, "params": [index[p] for p in group["params"]]}
                for group in self.param_groups
            ],
        }

    def load_state_dict(self, state_dict: Mapping[str, Any]) -> None:
        """Take over a state written by `state_dict`, of this class or of PyTorch as NumPy arrays.

        Args:
            state_dict: A dictionary with the keys ``"state"`` and ``"param_groups"``.

        Raises:
            ValueError: If it has other numbers of groups or of parameters in a group.
        """
        saved = state_dict["param_groups"]
        if len(saved) != len(self.param_groups):
            raise ValueError("loaded state dict has a different number of parameter groups")
        for new, group in zip(saved, self.param_groups, strict=True):
            if len(new["params"]) != len(group["params"]):
                raise ValueError(
                    "loaded state dict contains a parameter group "
                    "that doesn't match the size of optimizer's group"
                )
        for new, group in zip(saved, self.param_groups, strict=True):
            group.update({**new, "params": group["params"]})
        parameters = self._parameters()
        self.state = {parameters[i]: _copied(s) for i, s in state_dict["state"].items()}

    def _parameters(self) -> list[Parameter]:
        return [p for group in self.param_groups for p in group["params"]]


def _copied(state: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: np.float32(value) if name == "step" else np.array(value)
        for name, value in state.items()
    }


def _check_hyperparameters(
    lr: Any, betas: tuple[Any, Any], eps: float, weight_decay: float, foreach: Any, capturable: bool
) -> None:
    """Refuse what ``torch.optim.AdamW`` refuses, with its exception types and words."""
    if isinstance(lr, np.ndarray):
        if foreach and not capturable:
            raise ValueError(
                "lr as a Tensor is not supported for capturable=False and foreach=True"
            )
        if lr.size != 1:
            raise ValueError("Tensor lr must be 1-element")
    if not lr >= 0.0:
        raise ValueError(f"Invalid learning rate: {lr}")
    if not eps >= 0.0:
        raise ValueError(f"Invalid epsilon value: {eps}")
    for index in (0, 1):
        if not 0.0 <= betas[index] < 1.0:
            raise ValueError(f"Invalid beta parameter at index {index}: {betas[index]}")
    if not weight_decay >= 0.0:
        raise ValueError(f"Invalid weight_decay value: {weight_decay}")
    arrays = [isinstance(beta, np.ndarray) for beta in betas]
    if not (all(arrays) or all(isinstance(beta, float) for beta in betas)):
        raise ValueError("betas must be either both floats or both Tensors")
    for index in (0, 1):
        if arrays[index]:
            if foreach and not capturable:
                raise ValueError(
                    f"betas[{index}] as a Tensor is not supported "
                    "for capturable=False and foreach=True"
                )
            if betas[index].size != 1:
                raise ValueError(f"Tensor betas[{index}] must be 1-element")


def _check_gradient(parameter: Parameter, gradient: FloatArray | None) -> None:
    if gradient is None:
        return
    if np.shape(gradient) != parameter.shape:
        raise RuntimeError(
            f"assigned grad has data of a different size: expected {parameter.shape}, "
            f"got {np.shape(gradient)} for {parameter.name or 'the parameter'}"
        )
    if np.asarray(gradient).dtype != parameter.dtype:
        raise RuntimeError(
            f"assigned grad has data of a different type: expected {parameter.dtype}, "
            f"got {np.asarray(gradient).dtype} for {parameter.name or 'the parameter'}"
        )
