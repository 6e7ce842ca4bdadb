"""What `make run` lets the web server load: the WSGI application, in workers that end with the server.

Without it the workers of a web server that is killed would keep the port.
"""

import multiprocessing
import os
import signal

from .supervisor import die_with_parent
from .wsgi import application

__all__ = ["application"]

die_with_parent(signal.SIGKILL)
server = multiprocessing.parent_process()
if server and os.getppid() != server.pid:  # it was killed before we could ask to be told
    os._exit(1)
