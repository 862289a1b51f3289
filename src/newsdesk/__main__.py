"""The `newsdesk` command, and `python -m newsdesk`, which is the same.

Nothing else is imported at the top: loading the rest takes a second, and Ctrl-C has to
end the command quietly from the first moment on.
"""

import signal


def main() -> None:
    """Run the command; Ctrl-C while it is still loading ends it without a word."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:  # else somebody wants it ignored
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from newsdesk.cli import main as command

    signal.signal(signal.SIGINT, before)
    command()


if __name__ == "__main__":
    main()
