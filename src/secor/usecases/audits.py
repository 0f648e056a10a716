"""An audit's whole life on its own side, one act after the other: the door to the rooms where each act lives.

The partner's side of it (claim, mark, send back, accept) is in ``reviews``; what follows is in ``certificates``.
"""

from secor.usecases.answers import record, remark
from secor.usecases.declarations import declare
from secor.usecases.replies import reply
from secor.usecases.starts import approve_start, ask, refuse_start
from secor.usecases.submission import gather, submit, take_back
from secor.usecases.withdrawals import put_back, withdraw

__all__ = [
    "approve_start",
    "ask",
    "declare",
    "gather",
    "put_back",
    "record",
    "refuse_start",
    "remark",
    "reply",
    "submit",
    "take_back",
    "withdraw",
]
