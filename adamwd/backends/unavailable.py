"""The error of a framework that is not installed."""


class BackendUnavailable(RuntimeError):
    """A framework is missing; the message is one sentence with the command that installs it."""

    def __init__(self, backend: str, distribution: str, cause: Exception) -> None:
        reason = f" ({cause})" if str(cause) and "No module named" not in str(cause) else ""
        super().__init__(
            f"{distribution} cannot be imported{reason}; "
            f"install it with: pip install 'adamwd[{backend}]'"
        )
        self.backend = backend
