"""Where the program begins, by `logi` and by `python -m logi`: quiet before it does anything else."""

import signal

signal.signal(signal.SIGINT, signal.SIG_DFL)  # until the front door takes it over: no traceback from the interpreter's start

from logi.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
