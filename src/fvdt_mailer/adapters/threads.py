"""Work side by side, in threads of this process."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread


class Threads:
    """A thread for each pair of hands; blocking sockets and the disk let the others go on."""

    def work(self, job: Callable[[], None], *, times: int) -> None:
        """Do the job so many times side by side; the first error is raised when all have ended."""
        errors: list[BaseException] = []

        def one() -> None:
            try:
                job()
            except BaseException as error:  # noqa: BLE001 - raised again below, where it is awaited
                errors.append(error)

        threads = [Thread(target=one, name=f"connection-{n + 1}") for n in range(times)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if errors:
            raise errors[0]
